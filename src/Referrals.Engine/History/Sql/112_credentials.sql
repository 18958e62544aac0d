-- What a person proves itself with. Only a transaction that acts as this person sees it: no list of an organisation's people can
-- show a hash.
create table @schema.credentials (
  person_id uuid not null,
  -- ASP.NET Core's salted PBKDF2; null: signs in elsewhere.
  password_hash text,
  must_change boolean not null default false,
  -- Sealed by the application with a key that is not in the database.
  totp_secret text,
  -- Time step of the last code, so that none counts twice.
  totp_last_step bigint not null default 0,
  recovery_hashes text[] not null default '{}',
  failed_tries integer not null default 0,
  locked_until timestamptz,
  -- Changes with everything that should end open sessions.
  stamp uuid not null,
  constraint credentials_pkey primary key (person_id),
  constraint credentials_person foreign key (person_id) references @schema.people
);

alter table @schema.credentials enable row level security;
alter table @schema.credentials force row level security;
create policy read_self on @schema.credentials for select to @app using (@schema.acting_as(person_id));
create policy add_self on @schema.credentials for insert to @app with check (@schema.acting_as(person_id));
create policy change_self on @schema.credentials for update to @app using (@schema.acting_as(person_id));

grant select, insert on @schema.credentials to @app;
grant update (password_hash, must_change, totp_secret, totp_last_step, recovery_hashes, failed_tries, locked_until, stamp)
  on @schema.credentials to @app;
