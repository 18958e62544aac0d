-- One row per stream. Marten's layout: no column and no index may be added here.
create table @schema.mt_streams (
  tenant_id varchar not null default '*DEFAULT*',
  id uuid not null,
  type varchar,
  version bigint,
  timestamp timestamptz not null default now(),
  created timestamptz not null default now(),
  is_archived boolean default false,
  constraint pkey_mt_streams_tenant_id_id primary key (tenant_id, id)
);

-- Only version and timestamp change with an append. Room on the page keeps these updates within the page.
alter table @schema.mt_streams set (fillfactor = 80);

alter table @schema.mt_streams enable row level security;
alter table @schema.mt_streams force row level security;
create policy read_own on @schema.mt_streams for select to @app
  using (@schema.acting_for(tenant_id) or tenant_id = '*DEFAULT*');
create policy start_own on @schema.mt_streams for insert to @app with check (@schema.acting_for(tenant_id));
create policy advance_own on @schema.mt_streams for update to @app
  using (@schema.acting_for(tenant_id)) with check (@schema.acting_for(tenant_id));
create policy read_all on @schema.mt_streams for select to @worker using (true);

grant select on @schema.mt_streams to @app;
grant insert (tenant_id, id, type, version, timestamp, created) on @schema.mt_streams to @app;
grant update (version, timestamp) on @schema.mt_streams to @app;
