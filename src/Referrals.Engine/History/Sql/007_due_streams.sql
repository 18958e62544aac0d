-- Streams that need a decision once time has passed.
create table @schema.due_streams (
  tenant_id text not null,
  stream_id uuid not null,
  stream_type text not null,
  due_at timestamptz not null,
  -- When a worker may take it: the due date, or, once taken, the end of the hold.
  visible_at timestamptz not null,
  constraint due_streams_pkey primary key (tenant_id, stream_id)
);

create index due_streams_visible on @schema.due_streams (visible_at);

alter table @schema.due_streams enable row level security;
alter table @schema.due_streams force row level security;
create policy read_own on @schema.due_streams for select to @app
  using (@schema.acting_for(tenant_id) or tenant_id = '*DEFAULT*');
create policy add_own on @schema.due_streams for insert to @app with check (@schema.acting_for(tenant_id));
create policy change_own on @schema.due_streams for update to @app
  using (@schema.acting_for(tenant_id)) with check (@schema.acting_for(tenant_id));
create policy drop_own on @schema.due_streams for delete to @app using (@schema.acting_for(tenant_id));
create policy read_all on @schema.due_streams for select to @worker using (true);
create policy take_all on @schema.due_streams for update to @worker using (true) with check (true);

grant select, insert, update, delete on @schema.due_streams to @app;
