-- Questions "what if" of the steering group, each a simulation that a worker runs. The network's, as the group is: there is one list for all
-- of it. Read only by a transaction that acts for the network; organisation and person say who asked.
create table @schema.what_if_jobs (
  tenant_id text not null default '*DEFAULT*',
  id uuid not null,
  organisation text not null,
  person text not null,
  asked_at timestamptz not null,
  -- What would be different, for which chains it is told, and how it is run.
  question jsonb not null,
  state text not null default 'queued',
  progress real not null default 0,
  -- How often it was begun. Who holds it has to say so before the lease ends, else another one begins it again.
  tries integer not null default 0,
  holder uuid,
  lease_until timestamptz,
  started_at timestamptz,
  ended_at timestamptz,
  -- Why it failed: a code.
  reason text,
  -- What came of it. Read as a whole only.
  answer json,
  constraint what_if_jobs_pkey primary key (tenant_id, id),
  constraint what_if_jobs_network check (tenant_id = '*DEFAULT*'),
  constraint what_if_jobs_state check (state in ('queued', 'running', 'done', 'failed', 'cancelled'))
);

-- One simulation at a time in the whole network, whoever runs it.
create unique index what_if_jobs_one on @schema.what_if_jobs (tenant_id) where state = 'running';
create index what_if_jobs_waiting on @schema.what_if_jobs (asked_at) where state in ('queued', 'running');
create index what_if_jobs_list on @schema.what_if_jobs (tenant_id, asked_at desc, id);

alter table @schema.what_if_jobs enable row level security;
alter table @schema.what_if_jobs force row level security;
create policy read_own on @schema.what_if_jobs for select to @app using (@schema.acting_for(tenant_id));
create policy ask_own on @schema.what_if_jobs for insert to @app with check (@schema.acting_for(tenant_id));
create policy cancel_own on @schema.what_if_jobs for update to @app using (@schema.acting_for(tenant_id));
create policy read_all on @schema.what_if_jobs for select to @worker using (true);
create policy work on @schema.what_if_jobs for update to @worker using (true) with check (true);
create policy drop_old on @schema.what_if_jobs for delete to @worker using (true);

grant select, insert, update (state, ended_at) on @schema.what_if_jobs to @app;
grant select, update (state, progress, tries, holder, lease_until, started_at, ended_at, reason, answer), delete on @schema.what_if_jobs to @worker;
