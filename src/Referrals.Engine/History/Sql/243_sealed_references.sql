-- References of rows (case references) lie here sealed with the key of the row's stream. Rows are found by marks of the beginnings of their
-- references, made with a key of the tenant's; both are gone with the key. Those of before stand in "reference" until a worker has sealed them.
alter table @schema.list_rows add column sealed_reference text;

create table @schema.list_references (
  tenant_id text not null,
  list text not null,
  token bigint not null,
  id uuid not null,
  constraint list_references_pkey primary key (tenant_id, list, token, id),
  constraint list_references_row foreign key (tenant_id, list, id) references @schema.list_rows (tenant_id, list, id) on delete cascade
);

create index list_references_of_row on @schema.list_references (tenant_id, list, id);

alter table @schema.list_references enable row level security;
alter table @schema.list_references force row level security;
create policy own on @schema.list_references for all to @app using (@schema.acting_for(tenant_id)) with check (@schema.acting_for(tenant_id));
grant select, insert, delete on @schema.list_references to @app;

-- Changes our own rows; as before, and references come sealed, with their marks ("references"), and stay when none comes. p_rows: {"put": [...], "references": [...], "drop":
-- [...], "due": [...], "delivered": [...], "deliver": [...], "keys": [...], "destroy": [...]}, each element with "a", the number of its append; those of refused appends are
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

-- Takes a case reference (p_escaped: as it stands in an address) out of what people of the organisation keep for themselves: preparations of a referral of the same case, and filters that look for it. In the
-- owner's name, because they are nobody else's to change; and only for a referral of the transaction's whose key was destroyed.
create policy erase_own on @schema.referral_drafts for delete to current_user using (@schema.acting_for(tenant_id));
create policy erase_read on @schema.referral_drafts for select to current_user using (@schema.acting_for(tenant_id));
create policy erase_own on @schema.saved_views for delete to current_user using (@schema.acting_for(tenant_id));
create policy erase_read on @schema.saved_views for select to current_user using (@schema.acting_for(tenant_id));

create function @schema.forget_reference(p_tenant text, p_stream uuid, p_reference text, p_escaped text) returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
  as $$
begin
  if not @schema.acting_for(p_tenant) or not exists (
    select from @schema.stream_keys k where k.tenant_id = p_tenant and k.stream_id = p_stream and k.destroyed_at is not null) then
    raise exception 'only the reference of an own stream whose key was destroyed can be forgotten' using errcode = 'insufficient_privilege';
  end if;

  delete from @schema.referral_drafts d
  where d.tenant_id = p_tenant and (d.id = p_stream or lower(d.fields ->> 'fallkuerzel') = lower(p_reference));
  delete from @schema.saved_views v
  where v.tenant_id = p_tenant and (
    lower(v.name) = lower(p_reference) or (length(p_reference) > 3 and position(lower(p_reference) in lower(v.name)) > 0)
    or exists (
      select from unnest(string_to_array(ltrim(v.query, '?'), '&')) as p(part) where lower(p.part) = lower('suche=' || p_escaped)));
end $$;

revoke execute on function @schema.forget_reference(text, uuid, text, text) from public;
grant execute on function @schema.forget_reference(text, uuid, text, text) to @app;

create or replace function @schema.destroy_keys(p_rows json, p_refused int[]) returns void
  language plpgsql as $$
declare
  c record;
begin
  for c in
    select * from json_to_recordset(p_rows -> 'destroy') as t(a int, tenant text, id uuid, reference text, escaped text)
    where t.a <> all (p_refused) order by t.tenant, t.id
  loop
    update @schema.stream_keys k set master_key = null, wrapped = null, destroyed_at = now()
    where k.tenant_id = c.tenant and k.stream_id = c.id and k.destroyed_at is null;
    insert into @schema.stream_keys (tenant_id, stream_id, destroyed_at)
    select c.tenant, c.id, now()
    where not exists (select from @schema.stream_keys k where k.tenant_id = c.tenant and k.stream_id = c.id);
    perform @schema.erase_texts(c.tenant, c.id);
    update @schema.list_rows r set sealed_reference = null, reference = null
    where r.tenant_id = c.tenant and r.id = c.id and (r.sealed_reference is not null or r.reference is not null);
    delete from @schema.list_references l where l.tenant_id = c.tenant and l.id = c.id;
    if c.reference is not null then
      perform @schema.forget_reference(c.tenant, c.id, c.reference, c.escaped);
    end if;
    -- Remembered answers to requests show the referral or assignment, by its id.
    delete from @schema.api_answers a where a.tenant_id = c.tenant and position(convert_to(c.id::text, 'UTF8') in a.body) > 0;
  end loop;
end $$;
