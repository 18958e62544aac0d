-- Gives rows that were written with a series, and have no number yet, the next ones of it: by time, then by id. They are locked by the
-- caller's transaction, so nobody else numbers them; the counter's row is locked until its end, so that a rollback leaves no gap.
create function @schema.number_rows(p_put json, p_refused int[]) returns void
  language plpgsql
  -- Else a plan made while the table was small reads all of it.
  set enable_hashjoin = off
  set enable_mergejoin = off
  as $$
declare
  w record;
  highest int;
begin
  for w in
    select r.tenant_id, r.list, r.series, array_agg(r.id order by r.sort_at, r.id) as ids
    from json_to_recordset(p_put) as c(a int, tenant text, list text, id uuid)
    join @schema.list_rows r on r.tenant_id = c.tenant and r.list = c.list and r.id = c.id
    where c.a <> all (p_refused) and r.series is not null and r.number is null
    group by r.tenant_id, r.list, r.series
    order by r.tenant_id, r.list, r.series
  loop
    insert into @schema.list_series as l (tenant_id, list, series, last)
    values (w.tenant_id, w.list, w.series, cardinality(w.ids))
    on conflict (tenant_id, list, series) do update set last = l.last + excluded.last
    returning l.last into highest;

    update @schema.list_rows r set number = highest - cardinality(w.ids) + n.no
    from unnest(w.ids) with ordinality as n(id, no)
    where r.tenant_id = w.tenant_id and r.list = w.list and r.id = n.id;
  end loop;
end $$;
