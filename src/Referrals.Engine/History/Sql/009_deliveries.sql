-- Messages that were sent and have no receipt yet.
create table @schema.deliveries (
  tenant_id text not null,
  message_id uuid not null,
  sequence bigint not null,
  tries integer not null default 0,
  next_try_at timestamptz not null,
  constraint deliveries_pkey primary key (tenant_id, message_id)
);

create index deliveries_next_try on @schema.deliveries (next_try_at);

alter table @schema.deliveries enable row level security;
alter table @schema.deliveries force row level security;
create policy read_own on @schema.deliveries for select to @app
  using (@schema.acting_for(tenant_id) or tenant_id = '*DEFAULT*');
create policy add_own on @schema.deliveries for insert to @app with check (@schema.acting_for(tenant_id));
create policy change_own on @schema.deliveries for update to @app
  using (@schema.acting_for(tenant_id)) with check (@schema.acting_for(tenant_id));
create policy drop_own on @schema.deliveries for delete to @app using (@schema.acting_for(tenant_id));
create policy read_all on @schema.deliveries for select to @worker using (true);
create policy take_all on @schema.deliveries for update to @worker using (true) with check (true);

grant select, insert, update, delete on @schema.deliveries to @app;
