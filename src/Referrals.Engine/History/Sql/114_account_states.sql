-- What administrators may know of how a person signs in, copied to the person whenever it changes: the credentials themselves are seen by
-- nobody but a transaction that acts as the person.
alter table @schema.people
  add column signs_in_elsewhere boolean not null default false,
  add column must_change boolean not null default false,
  add column second_factor boolean not null default false,
  add column locked_until timestamptz,
  -- Tells whether somebody has reset the account meanwhile; opens nothing.
  add column stamp uuid;

grant update (signs_in_elsewhere, must_change, second_factor, locked_until, stamp) on @schema.people to @app;

create function @schema.copy_account_state() returns trigger
  language plpgsql as
$$
begin
  update @schema.people
  set signs_in_elsewhere = new.password_hash is null, must_change = new.must_change, second_factor = new.totp_secret is not null,
    locked_until = new.locked_until, stamp = new.stamp
  where id = new.person_id;
  return null;
end;
$$;

create trigger copy_account_state after insert or update of password_hash, must_change, totp_secret, locked_until, stamp on @schema.credentials
  for each row execute function @schema.copy_account_state();

-- The protection holds for the owner too, so it rests for as long as this transaction runs, in which nobody else gets at the tables.
alter table @schema.people no force row level security;
alter table @schema.credentials no force row level security;

update @schema.people p
set signs_in_elsewhere = c.password_hash is null, must_change = c.must_change, second_factor = c.totp_secret is not null,
  locked_until = c.locked_until, stamp = c.stamp
from @schema.credentials c where c.person_id = p.id;

alter table @schema.people force row level security;
alter table @schema.credentials force row level security;
