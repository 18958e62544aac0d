-- Sessions of people that are open. A cookie counts only while its session is here, so ending one ends it everywhere. Only a transaction that acts
-- as the person sees its own.
create table @schema.sessions (
  -- SHA-256 of what the cookie holds: who reads the table can't make a cookie of it.
  id bytea not null,
  person_id uuid not null,
  begun_at timestamptz not null,
  -- To the minute; what keeps a session from being idle.
  used_at timestamptz not null,
  -- Ends then in any case.
  ends_at timestamptz not null,
  -- Kind of browser and of system, from a fixed list.
  browser text not null,
  system text not null,
  constraint sessions_pkey primary key (id),
  constraint sessions_person foreign key (person_id) references @schema.people,
  constraint sessions_hash check (octet_length(id) = 32)
);

create index sessions_person on @schema.sessions (person_id);
create index sessions_ends on @schema.sessions (ends_at);

alter table @schema.sessions enable row level security;
alter table @schema.sessions force row level security;
create policy read_self on @schema.sessions for select to @app using (@schema.acting_as(person_id));
create policy begin_self on @schema.sessions for insert to @app with check (@schema.acting_as(person_id));
create policy use_self on @schema.sessions for update to @app using (@schema.acting_as(person_id));
create policy end_self on @schema.sessions for delete to @app using (@schema.acting_as(person_id));
create policy read_over on @schema.sessions for select to @worker using (ends_at < now());
create policy drop_over on @schema.sessions for delete to @worker using (ends_at < now());

grant select, insert, delete, update (used_at) on @schema.sessions to @app;
grant delete on @schema.sessions to @worker;

-- Whatever changes the account's stamp, or closes the account, ends its sessions in the same transaction. An administrator's transaction doesn't
-- act as the person, so that it sees no session; to end them it does for this one statement.
create function @schema.end_sessions() returns trigger
  language plpgsql as
$$
declare
  v_person uuid := (to_jsonb(new) ->> tg_argv[0])::uuid;
  v_acting text := coalesce(current_setting('referrals.person', true), '');
begin
  perform set_config('referrals.person', v_person::text, true);
  delete from @schema.sessions where person_id = v_person;
  perform set_config('referrals.person', v_acting, true);
  return null;
end;
$$;

create trigger end_sessions after update of stamp on @schema.credentials
  for each row when (old.stamp is distinct from new.stamp) execute function @schema.end_sessions('person_id');
create trigger end_sessions after update of disabled_at on @schema.people
  for each row when (new.disabled_at is not null) execute function @schema.end_sessions('id');
