-- The lists that people work from, written in the transaction of the events they show.
create table @schema.list_rows (
  tenant_id text not null,
  list text not null,
  id uuid not null,
  status text not null,
  subject text not null,
  counterpart text,
  -- 'infinity': nobody has to act by a date. So one index orders all rows.
  due_at timestamptz not null default 'infinity',
  sort_at timestamptz not null,
  data json not null,
  constraint list_rows_pkey primary key (tenant_id, list, id)
);

create index list_rows_newest on @schema.list_rows (tenant_id, list, sort_at desc, id);
create index list_rows_due on @schema.list_rows (tenant_id, list, due_at, id);
create index list_rows_status on @schema.list_rows (tenant_id, list, status, sort_at desc, id);

alter table @schema.list_rows enable row level security;
alter table @schema.list_rows force row level security;
create policy read_own on @schema.list_rows for select to @app
  using (@schema.acting_for(tenant_id) or tenant_id = '*DEFAULT*');
create policy add_own on @schema.list_rows for insert to @app with check (@schema.acting_for(tenant_id));
create policy change_own on @schema.list_rows for update to @app
  using (@schema.acting_for(tenant_id)) with check (@schema.acting_for(tenant_id));
create policy drop_own on @schema.list_rows for delete to @app using (@schema.acting_for(tenant_id));

grant select, insert, update, delete on @schema.list_rows to @app;
