-- Takes the next question: one whose worker died, else the oldest in line while none runs. One that was begun too often ends as failed.
-- One worker at a time looks: a second one beside it would find the first in line locked, and might be done with the next in line before that is taken.
create or replace function @schema.take_what_if(p_holder uuid, p_now timestamptz, p_lease_until timestamptz, p_most_tries integer)
returns setof @schema.what_if_jobs language plpgsql as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('@schema/take_what_if', 0));

  update @schema.what_if_jobs set state = 'failed', reason = 'worker-died', ended_at = p_now, holder = null, lease_until = null
  where state = 'running' and lease_until < p_now and tries >= p_most_tries;

  return query
    update @schema.what_if_jobs j
    set state = 'running', holder = p_holder, lease_until = p_lease_until, tries = j.tries + 1, progress = 0, started_at = p_now
    where (j.tenant_id, j.id) = (
      select n.tenant_id, n.id from @schema.what_if_jobs n
      where (n.state = 'running' and n.lease_until < p_now)
        or (n.state = 'queued' and not exists (select 1 from @schema.what_if_jobs r where r.state = 'running'))
      order by n.state = 'queued', n.asked_at, n.id limit 1 for update)
    returning j.*;
exception
  -- Another worker has begun one in this very moment.
  when unique_violation then return;
end $$;
