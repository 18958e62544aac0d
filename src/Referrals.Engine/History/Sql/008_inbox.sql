-- Messages that were handled, so that a redelivered one changes nothing.
create table @schema.inbox (
  tenant_id text not null,
  message_id uuid not null,
  handled_at timestamptz not null default now(),
  constraint inbox_pkey primary key (tenant_id, message_id)
);

alter table @schema.inbox enable row level security;
alter table @schema.inbox force row level security;
create policy read_own on @schema.inbox for select to @app
  using (@schema.acting_for(tenant_id) or tenant_id = '*DEFAULT*');
create policy add_own on @schema.inbox for insert to @app with check (@schema.acting_for(tenant_id));

grant select, insert on @schema.inbox to @app;
