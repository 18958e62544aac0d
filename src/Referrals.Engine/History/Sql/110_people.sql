-- People with accounts. Each has a home organisation, whose administrators look after the account; what a person may do where is in
-- memberships. A transaction sees a person when it acts for the home organisation, for one the person works for, as the person
-- (referrals.person), or when it knows exactly what the person signs in with (referrals.sign_in).
create table @schema.people (
  id uuid not null,
  tenant_id text not null,
  -- Unique in the network, because people sign in before it is known for whom they work.
  login text not null,
  name text not null,
  email text,
  locale text not null,
  theme text not null,
  mail_mode text not null,
  shortcuts boolean not null,
  last_organisation text,
  external_issuer text,
  external_subject text,
  created_at timestamptz not null,
  created_by text not null,
  disabled_at timestamptz,
  constraint people_pkey primary key (id),
  constraint people_login unique (login),
  constraint people_external unique (external_issuer, external_subject)
);

create index people_home on @schema.people (tenant_id);
create index people_email on @schema.people (lower(email)) where email is not null;

create function @schema.acting_as(p_person uuid) returns boolean
  language sql stable parallel safe
  return p_person = nullif(current_setting('referrals.person', true), '')::uuid;

create function @schema.signing_in(p_login text, p_email text, p_issuer text, p_subject text) returns boolean
  language sql stable parallel safe
  return coalesce(current_setting('referrals.sign_in', true) in (
    'login ' || p_login, 'email ' || lower(p_email), 'subject ' || p_issuer || ' ' || p_subject), false);

alter table @schema.people enable row level security;
alter table @schema.people force row level security;
create policy read_home on @schema.people for select to @app using (@schema.acting_for(tenant_id));
create policy read_self on @schema.people for select to @app using (@schema.acting_as(id));
create policy read_signing_in on @schema.people for select to @app
  using (@schema.signing_in(login, email, external_issuer, external_subject));
create policy add_home on @schema.people for insert to @app with check (@schema.acting_for(tenant_id));
create policy change_own on @schema.people for update to @app
  using (@schema.acting_for(tenant_id) or @schema.acting_as(id));

grant select, insert on @schema.people to @app;
grant update (name, email, locale, theme, mail_mode, shortcuts, last_organisation, external_issuer, external_subject, disabled_at)
  on @schema.people to @app;
