-- True when the running transaction acts for this tenant. The row-level policies are built on it.
-- The set of tenants is a setting of the transaction: codes with commas between them (a code has no comma).
create function @schema.acting_for(p_tenant text) returns boolean
  language sql stable parallel safe
  return p_tenant = any (string_to_array(current_setting('referrals.tenants', true), ','));

grant usage on schema @schema to @app, @worker;
