-- Event logs that were imported for review. The network's: there is one set of them for all. Unlike other rows of the network they are
-- read only by a transaction that acts for the network, because a log may name the people who did the work.
create table @schema.review_logs (
  tenant_id text not null default '*DEFAULT*',
  name text not null,
  title text not null,
  imported_at timestamptz not null,
  imported_by text not null,
  -- What the file was: xes, ocel or csv.
  format text not null,
  cases int not null,
  events int not null,
  activities int not null,
  resources int not null,
  -- What could not be taken as it was: a list of {text, count, line}.
  warnings jsonb not null,
  -- The log in our own compressed form, see EventLogBytes.
  content bytea not null,
  constraint review_logs_pkey primary key (tenant_id, name),
  constraint review_logs_network check (tenant_id = '*DEFAULT*')
);

-- Compressed already.
alter table @schema.review_logs alter column content set storage external;

alter table @schema.review_logs enable row level security;
alter table @schema.review_logs force row level security;
create policy read_own on @schema.review_logs for select to @app using (@schema.acting_for(tenant_id));
create policy add_own on @schema.review_logs for insert to @app with check (@schema.acting_for(tenant_id));
create policy drop_own on @schema.review_logs for delete to @app using (@schema.acting_for(tenant_id));

grant select, insert, delete on @schema.review_logs to @app;
