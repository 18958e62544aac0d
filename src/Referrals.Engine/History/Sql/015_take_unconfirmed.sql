-- Takes sent messages without a receipt whose next try has come; the waits double up to an hour.
create function @schema.take_unconfirmed(p_now timestamptz, p_hold interval, p_limit int)
  returns table (tenant text, message uuid, sequence bigint, tries int)
  language sql as $$
  with due as (
    select d.tenant_id, d.message_id from @schema.deliveries d
    where d.next_try_at <= p_now
    order by d.next_try_at
    limit p_limit
    for update skip locked)
  , taken as (
    update @schema.deliveries d
    set tries = d.tries + 1, next_try_at = p_now + least(p_hold * power(2, least(d.tries, 30)), interval '1 hour')
    from due where d.tenant_id = due.tenant_id and d.message_id = due.message_id
    returning d.tenant_id, d.message_id, d.sequence, d.tries - 1 as tries)
  select * from taken t order by t.sequence
$$;
