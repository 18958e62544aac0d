-- What people are told of chains: the chain's code, where a notification is about one.
alter table @schema.notifications add column chain text;

-- As before, with the chain. p_rows: [{"person", "event", "kind", "series", "number", "stepDe", "stepEn", "chain", "at", "mail"}]
create or replace function @schema.put_notifications(p_tenant text, p_rows json) returns int
  language plpgsql as $$
declare
  n record;
  notification bigint;
  mail uuid;
  written int := 0;
begin
  for n in
    select * from json_to_recordset(p_rows) as r(
      person text, event uuid, kind text, series text, number int, "stepDe" text, "stepEn" text, chain text, at timestamptz, mail timestamptz)
  loop
    insert into @schema.notifications (tenant_id, person, event_id, kind, series, number, step_de, step_en, chain, at)
    values (p_tenant, n.person, n.event, n.kind, n.series, n.number, n."stepDe", n."stepEn", n.chain, n.at)
    on conflict do nothing
    returning id into notification;
    continue when not found;
    written := written + 1;
    continue when n.mail is null;

    insert into @schema.mails as m (id, tenant_id, person, due_at, next_try_at)
    values (gen_random_uuid(), p_tenant, n.person, n.mail, n.mail)
    on conflict (tenant_id, person, due_at) where state = 'waiting' and tries = 0 do update set due_at = excluded.due_at
    returning id into mail;
    update @schema.notifications set mail_id = mail where tenant_id = p_tenant and id = notification;
  end loop;
  return written;
end $$;
