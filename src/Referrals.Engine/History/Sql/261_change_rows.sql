-- Changes our own rows; as before, and references come sealed, with their marks ("references"), and stay when none comes; and ciphertexts of contact cards are kept ("card") and deleted ("uncard", up to a card, first). p_rows: {"put": [...], "references": [...], "drop": [...], "due": [...],
-- "delivered": [...], "deliver": [...], "card": [...], "uncard": [...], "keys": [...], "destroy": [...]}, each element with "a", the number of its append; those of refused appends are
-- left out. A key stands at most once in each of them.
create or replace function @schema.change_rows(p_rows json, p_refused int[]) returns void
  language plpgsql as $$
declare
  w record;
  unnumbered boolean;
begin
  for w in
    select c.tenant, c.list, c.id from json_to_recordset(p_rows -> 'drop') as c(a int, tenant text, list text, id uuid)
    where c.a <> all (p_refused)
    order by c.tenant, c.list, c.id
  loop
    delete from @schema.list_rows r where r.tenant_id = w.tenant and r.list = w.list and r.id = w.id;
  end loop;

  if p_rows -> 'put' is not null then
    with put as (
      insert into @schema.list_rows as r (
        tenant_id, list, id, status, subject, counterpart, due_at, sort_at, data, series, sealed_reference, assignee)
      select c.tenant, c.list, c.id, c.status, c.subject, c.counterpart, coalesce(c.due, 'infinity'), c.sort, c.data,
        c.series, c.reference, coalesce(c.assignee, '')
      from json_to_recordset(p_rows -> 'put') as c(
        a int, tenant text, list text, id uuid, status text, subject text, counterpart text, due timestamptz, sort timestamptz, data json,
        series text, reference text, assignee text)
      where c.a <> all (p_refused)
      order by c.tenant, c.list, c.id
      on conflict (tenant_id, list, id) do update set
        status = excluded.status, subject = excluded.subject, counterpart = excluded.counterpart,
        due_at = excluded.due_at, sort_at = excluded.sort_at, data = excluded.data,
        series = coalesce(r.series, excluded.series),
        sealed_reference = coalesce(excluded.sealed_reference, r.sealed_reference), assignee = excluded.assignee
      returning r.series, r.number)
    select coalesce(bool_or(put.series is not null and put.number is null), false) into unnumbered from put;

    if unnumbered then
      perform @schema.number_rows(p_rows -> 'put', p_refused);
    end if;
  end if;

  if p_rows -> 'references' is not null then
    insert into @schema.list_references (tenant_id, list, token, id)
    select c.tenant, c.list, unnest(c.tokens), c.id
    from json_to_recordset(p_rows -> 'references') as c(a int, tenant text, list text, id uuid, tokens bigint[])
    where c.a <> all (p_refused)
    on conflict do nothing;
  end if;

  if p_rows -> 'due' is not null then
    for w in
      select c.tenant, c.id from json_to_recordset(p_rows -> 'due') as c(a int, tenant text, id uuid, at timestamptz)
      where c.at is null and c.a <> all (p_refused)
      order by c.tenant, c.id
    loop
      delete from @schema.due_streams d where d.tenant_id = w.tenant and d.stream_id = w.id;
    end loop;

    insert into @schema.due_streams as d (tenant_id, stream_id, stream_type, due_at, visible_at)
    select c.tenant, c.id, c.type, c.at, c.at
    from json_to_recordset(p_rows -> 'due') as c(a int, tenant text, id uuid, type text, at timestamptz)
    where c.at is not null and c.a <> all (p_refused)
    order by c.tenant, c.id
    on conflict (tenant_id, stream_id) do update set
      stream_type = excluded.stream_type, due_at = excluded.due_at, visible_at = excluded.visible_at;
  end if;

  for w in
    select c.tenant, c.id, c."from" from json_to_recordset(p_rows -> 'delivered') as c(a int, tenant text, id uuid, "from" text)
    where c.a <> all (p_refused)
    order by c.tenant, c.id
  loop
    delete from @schema.deliveries d where d.tenant_id = w.tenant and d.message_id = w.id and (w."from" is null or d.receiver is null or d.receiver = w."from");
  end loop;

  if p_rows -> 'deliver' is not null then
    insert into @schema.deliveries (tenant_id, message_id, sequence, next_try_at, receiver)
    select c.tenant, c.id, c.sequence, c.at, c."to"
    from json_to_recordset(p_rows -> 'deliver') as c(a int, tenant text, id uuid, sequence bigint, at timestamptz, "to" text)
    where c.a <> all (p_refused)
    order by c.tenant, c.id
    on conflict (tenant_id, message_id) do nothing;
  end if;

  for w in
    select c.tenant, c.id, c.issue from json_to_recordset(p_rows -> 'uncard') as c(a int, tenant text, id uuid, issue int)
    where c.a <> all (p_refused)
    order by c.id, c.tenant
  loop
    delete from @schema.contact_cards d where d.assignment_id = w.id and d.issue <= w.issue and w.tenant in (d.sender_id, d.partner_id);
  end loop;

  for w in
    select c.* from json_to_recordset(p_rows -> 'card') as c(a int, tenant text, id uuid, partner text, issue int, key text, until timestamptz, sealed text)
    where c.a <> all (p_refused)
    order by c.id, c.tenant
  loop
    delete from @schema.contact_cards d where d.assignment_id = w.id and d.sender_id = w.tenant;
    insert into @schema.contact_cards (assignment_id, sender_id, partner_id, issue, key_id, until, sealed)
    values (w.id, w.tenant, w.partner, w.issue, w.key, w.until, w.sealed);
  end loop;

  -- No "on conflict": who finds another key there has sealed with one that would be lost, and begins again.
  if p_rows -> 'keys' is not null then
    insert into @schema.stream_keys (tenant_id, stream_id, master_key, wrapped)
    select c.tenant, c.id, c.master, c.wrapped
    from json_to_recordset(p_rows -> 'keys') as c(a int, tenant text, id uuid, master text, wrapped text)
    where c.a <> all (p_refused)
    order by c.tenant, c.id;
  end if;

  if p_rows -> 'destroy' is not null then
    perform @schema.destroy_keys(p_rows, p_refused);
  end if;
end $$;
