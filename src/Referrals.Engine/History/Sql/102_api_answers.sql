-- What the API answered to requests with an idempotency key, so that the same request gets the same answer.
-- No status yet: it is being worked on until lease_until; after that it may be taken over, because its process died.
create table @schema.api_answers (
  tenant_id text not null,
  id uuid not null,
  fingerprint bytea not null,
  tries integer not null default 1,
  lease_until timestamptz not null,
  keep_until timestamptz not null,
  status smallint,
  headers jsonb,
  body bytea,
  constraint api_answers_pkey primary key (tenant_id, id)
);

create index api_answers_keep on @schema.api_answers (tenant_id, keep_until);

alter table @schema.api_answers enable row level security;
alter table @schema.api_answers force row level security;
create policy read_own on @schema.api_answers for select to @app using (@schema.acting_for(tenant_id));
create policy add_own on @schema.api_answers for insert to @app with check (@schema.acting_for(tenant_id));
create policy change_own on @schema.api_answers for update to @app
  using (@schema.acting_for(tenant_id)) with check (@schema.acting_for(tenant_id));
create policy drop_own on @schema.api_answers for delete to @app using (@schema.acting_for(tenant_id));

grant select, insert, update, delete on @schema.api_answers to @app;
