-- Takes streams whose due date has come; others don't see them until the hold has passed.
create function @schema.take_due(p_now timestamptz, p_hold interval, p_limit int)
  returns table (tenant text, stream_type text, stream uuid, due timestamptz)
  language sql as $$
  with due as (
    select d.tenant_id, d.stream_id from @schema.due_streams d
    where d.visible_at <= p_now
    order by d.visible_at
    limit p_limit
    for update skip locked)
  , taken as (
    update @schema.due_streams d set visible_at = p_now + p_hold
    from due where d.tenant_id = due.tenant_id and d.stream_id = due.stream_id
    returning d.tenant_id, d.stream_type, d.stream_id, d.due_at)
  select * from taken t order by t.due_at, t.stream_id
$$;
