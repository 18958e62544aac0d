-- Entries of a tenant form a chain: each is numbered, and its hash covers the one before. Looks (who saw what) lie in the same list as
-- deeds (who administered what).
alter table @schema.audit_entries
  add column kind text not null default 'deed' constraint audit_entries_kind check (kind in ('deed', 'look')),
  add column chain_no bigint,
  add column hash bytea;

-- Where each chain ends. Written by the trigger only.
create table @schema.audit_heads (
  tenant_id text not null,
  count bigint not null,
  hash bytea not null,
  constraint audit_heads_pkey primary key (tenant_id)
) with (fillfactor = 50);

alter table @schema.audit_heads enable row level security;
alter table @schema.audit_heads force row level security;
-- For the owner, in whose name the trigger writes; the application may only read.
create policy own on @schema.audit_heads for all using (@schema.acting_for(tenant_id)) with check (@schema.acting_for(tenant_id));
create policy read_all on @schema.audit_heads for select to @worker using (true);
create policy read_all on @schema.audit_entries for select to @worker using (true);
grant select on @schema.audit_heads to @app;

-- Which columns an entry has that is written; number and hash come from the trigger, whoever writes.
revoke insert on @schema.audit_entries from @app;
grant insert (tenant_id, at, who, what, subject, details, kind) on @schema.audit_entries to @app;
