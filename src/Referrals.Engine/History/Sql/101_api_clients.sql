-- Machine clients of the API (OAuth 2.0 client credentials). The secret is kept as a salted hash only.
create table @schema.api_clients (
  tenant_id text not null,
  client_id text not null,
  secret_hash text not null,
  roles text[] not null,
  created_at timestamptz not null default now(),
  created_by text not null,
  -- The request that made it: repeated after a crash, it may give out a new secret, because nobody has seen the first.
  created_in uuid not null,
  disabled_at timestamptz,
  constraint api_clients_pkey primary key (tenant_id, client_id)
);

alter table @schema.api_clients enable row level security;
alter table @schema.api_clients force row level security;
create policy read_own on @schema.api_clients for select to @app using (@schema.acting_for(tenant_id));
create policy add_own on @schema.api_clients for insert to @app with check (@schema.acting_for(tenant_id));
create policy change_own on @schema.api_clients for update to @app
  using (@schema.acting_for(tenant_id)) with check (@schema.acting_for(tenant_id));

grant select, insert, update on @schema.api_clients to @app;
