-- What the frame of every page shows, in one round trip: how much is new, and where the log is. The position is settled when no
-- transaction is open that may still write before it; the number is read first, and each statement here sees its own moment.
create function @schema.page_frame(p_tenant text, p_person text, p_inbox boolean, p_escalations boolean, p_most int)
  returns table (log_position bigint, settled boolean, inbox int, escalations int, unread int)
  language plpgsql volatile as $$
begin
  select case when s.is_called then s.last_value else 0 end into log_position from @schema.mt_events_sequence s;
  select not exists (
    select from pg_locks l
    where l.locktype = 'relation' and l.relation = '@schema.mt_events'::regclass and l.mode = 'RowExclusiveLock' and l.granted
      and l.database = (select d.oid from pg_database d where d.datname = current_database())) into settled;
  inbox := case when p_inbox then (
    select count(*) from (
      select from @schema.list_rows r where r.tenant_id = p_tenant and r.list = 'assignments' and r.status = 'received' limit p_most) c) else 0 end;
  escalations := case when p_escalations then (
    select count(*) from (
      select from @schema.list_rows r where r.tenant_id = p_tenant and r.list = 'escalations' and r.status = 'open' limit p_most) c) else 0 end;
  unread := (
    select count(*) from (
      select from @schema.notifications n where n.tenant_id = p_tenant and n.person = p_person and n.read_at is null limit p_most) c);
  return next;
end $$;
