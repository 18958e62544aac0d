-- True when the running transaction acts for whoever signs in with this login.
create function @schema.signed_in_as(p_login text) returns boolean
  language sql stable parallel safe
  return coalesce(current_setting('referrals.sign_in', true) = 'login ' || p_login, false);

-- Referrals that somebody prepares and has not sent yet: the fields of the pages as typed, free text only after it passed the screen.
-- Nobody else sees them, not even colleagues. The id becomes that of the referral.
create table @schema.referral_drafts (
  tenant_id text not null,
  login text not null,
  id uuid not null,
  fields json not null,
  changed_at timestamptz not null,
  constraint referral_drafts_pkey primary key (tenant_id, login, id)
);

alter table @schema.referral_drafts enable row level security;
alter table @schema.referral_drafts force row level security;
create policy own on @schema.referral_drafts for all to @app
  using (@schema.acting_for(tenant_id) and @schema.signed_in_as(login))
  with check (@schema.acting_for(tenant_id) and @schema.signed_in_as(login));

grant select, insert, update, delete on @schema.referral_drafts to @app;
