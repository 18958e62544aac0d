-- Tables (CSV) that were uploaded for review and wait until a person has said which column means what. Kept for a short time only,
-- and read only by a transaction that acts for the network, as the logs themselves.
create table @schema.review_uploads (
  tenant_id text not null default '*DEFAULT*',
  id uuid not null,
  uploaded_at timestamptz not null,
  -- Organisation and login: nobody else goes on with it.
  organisation text not null,
  uploaded_by text not null,
  file_name text not null,
  title text not null,
  -- The file as it came, packed with gzip.
  content bytea not null,
  constraint review_uploads_pkey primary key (tenant_id, id),
  constraint review_uploads_network check (tenant_id = '*DEFAULT*')
);

alter table @schema.review_uploads alter column content set storage external;

alter table @schema.review_uploads enable row level security;
alter table @schema.review_uploads force row level security;
create policy read_own on @schema.review_uploads for select to @app using (@schema.acting_for(tenant_id));
create policy add_own on @schema.review_uploads for insert to @app with check (@schema.acting_for(tenant_id));
create policy drop_own on @schema.review_uploads for delete to @app using (@schema.acting_for(tenant_id));

grant select, insert, delete on @schema.review_uploads to @app;
