-- Filters of a list that somebody gave a name. Each person's own.
create table @schema.saved_views (
  tenant_id text not null,
  login text not null,
  id uuid not null,
  list text not null,
  name text not null,
  query text not null,
  created_at timestamptz not null,
  constraint saved_views_pkey primary key (tenant_id, login, id),
  constraint saved_views_name unique (tenant_id, login, list, name)
);

alter table @schema.saved_views enable row level security;
alter table @schema.saved_views force row level security;
create policy own on @schema.saved_views for all to @app
  using (@schema.acting_for(tenant_id) and @schema.signed_in_as(login))
  with check (@schema.acting_for(tenant_id) and @schema.signed_in_as(login));

grant select, insert, update, delete on @schema.saved_views to @app;
