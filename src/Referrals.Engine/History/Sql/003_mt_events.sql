-- Every event. Marten's layout: no column and no index may be added here.
create sequence @schema.mt_events_sequence as bigint start 1 increment 1 cache 1;

create table @schema.mt_events (
  -- The default gives the number only after the INSERT holds its lock on this table; followers rely on that.
  seq_id bigint not null default nextval('@schema.mt_events_sequence'),
  id uuid not null,
  stream_id uuid,
  version bigint not null,
  data jsonb not null,
  bdata bytea,
  type varchar(500) not null,
  timestamp timestamptz not null default now(),
  tenant_id varchar default '*DEFAULT*',
  mt_dotnet_type varchar,
  correlation_id varchar,
  causation_id varchar,
  headers jsonb,
  user_name varchar,
  is_archived boolean default false,
  constraint pkey_mt_events_seq_id primary key (seq_id),
  constraint fkey_mt_events_stream_id_tenant_id foreign key (tenant_id, stream_id)
    references @schema.mt_streams (tenant_id, id)
);

create unique index pk_mt_events_stream_and_version on @schema.mt_events (tenant_id, stream_id, version);

alter sequence @schema.mt_events_sequence owned by @schema.mt_events.seq_id;

alter table @schema.mt_events enable row level security;
alter table @schema.mt_events force row level security;
create policy read_own on @schema.mt_events for select to @app
  using (@schema.acting_for(tenant_id) or tenant_id = '*DEFAULT*');
create policy append_own on @schema.mt_events for insert to @app with check (@schema.acting_for(tenant_id));
create policy read_all on @schema.mt_events for select to @worker using (true);

-- No update, no delete; and nobody but the sequence chooses a number.
grant select on @schema.mt_events to @app;
grant insert (id, stream_id, version, data, type, timestamp, tenant_id, mt_dotnet_type, correlation_id, causation_id, headers, user_name)
  on @schema.mt_events to @app;
grant usage on sequence @schema.mt_events_sequence to @app;
grant select on sequence @schema.mt_events_sequence to @worker;
