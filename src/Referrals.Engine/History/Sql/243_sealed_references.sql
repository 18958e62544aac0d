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
