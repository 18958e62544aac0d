-- For which organisations a person works, and as what. No roles: not any more; the row stays, because the history names the person.
create table @schema.memberships (
  tenant_id text not null,
  person_id uuid not null,
  roles text[] not null,
  created_at timestamptz not null,
  created_by text not null,
  constraint memberships_pkey primary key (tenant_id, person_id),
  constraint memberships_person foreign key (person_id) references @schema.people
);

create index memberships_by_person on @schema.memberships (person_id);

alter table @schema.memberships enable row level security;
alter table @schema.memberships force row level security;
create policy read_own on @schema.memberships for select to @app using (@schema.acting_for(tenant_id));
create policy read_self on @schema.memberships for select to @app using (@schema.acting_as(person_id));
create policy add_own on @schema.memberships for insert to @app with check (@schema.acting_for(tenant_id));
create policy change_own on @schema.memberships for update to @app using (@schema.acting_for(tenant_id));

grant select, insert on @schema.memberships to @app;
grant update (roles) on @schema.memberships to @app;

create policy read_members on @schema.people for select to @app using (exists (
  select from @schema.memberships m where m.person_id = id and @schema.acting_for(m.tenant_id)));
