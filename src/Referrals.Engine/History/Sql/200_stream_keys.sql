-- The keys with which the texts of a stream's events are sealed, each wrapped by a master key that never lies here. Destroying a key
-- erases the texts: the row stays, so that no new key takes its place.
create table @schema.stream_keys (
  tenant_id text not null,
  stream_id uuid not null,
  -- Which master key wrapped it.
  master_key text,
  wrapped text,
  created_at timestamptz not null default now(),
  destroyed_at timestamptz,
  constraint stream_keys_pkey primary key (tenant_id, stream_id),
  constraint stream_keys_whole check (
    (destroyed_at is null) = (wrapped is not null) and (wrapped is null) = (master_key is null) and position(' ' in coalesce(master_key, '')) = 0)
);

-- For changing the master key.
create index stream_keys_master on @schema.stream_keys (master_key, tenant_id, stream_id) where wrapped is not null;

-- What a destroyed or wrapped anew key was must not lie about in old row versions: any of them is reason enough to clean.
alter table @schema.stream_keys set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1);

alter table @schema.stream_keys enable row level security;
alter table @schema.stream_keys force row level security;
create policy read_own on @schema.stream_keys for select to @app using (@schema.acting_for(tenant_id));
create policy add_own on @schema.stream_keys for insert to @app with check (@schema.acting_for(tenant_id));
-- A key that was destroyed comes back no more.
create policy change_own on @schema.stream_keys for update to @app
  using (@schema.acting_for(tenant_id) and destroyed_at is null) with check (@schema.acting_for(tenant_id) and destroyed_at is not null);
create policy read_all on @schema.stream_keys for select to @worker using (true);
create policy wrap_anew on @schema.stream_keys for update to @worker using (destroyed_at is null) with check (destroyed_at is null);

grant select, insert (tenant_id, stream_id, master_key, wrapped, created_at, destroyed_at), update (master_key, wrapped, destroyed_at) on @schema.stream_keys to @app;
