-- Who administered what: codes only. Nobody changes or deletes an entry but the owner of the schema.
create table @schema.audit_entries (
  tenant_id text not null,
  id bigint generated always as identity,
  at timestamptz not null,
  who text not null,
  what text not null,
  subject text not null,
  details jsonb not null default '{}',
  constraint audit_entries_pkey primary key (tenant_id, id)
);

create index audit_entries_what on @schema.audit_entries (tenant_id, what, id);
create index audit_entries_subject on @schema.audit_entries (tenant_id, subject, id);

alter table @schema.audit_entries enable row level security;
alter table @schema.audit_entries force row level security;
create policy read_own on @schema.audit_entries for select to @app using (@schema.acting_for(tenant_id));
create policy add_own on @schema.audit_entries for insert to @app with check (@schema.acting_for(tenant_id));

grant select, insert on @schema.audit_entries to @app;
