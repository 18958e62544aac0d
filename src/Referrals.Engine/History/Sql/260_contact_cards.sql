-- Contact cards that a sender's browser sealed to a partner's key. The server can't read them; they lie here until they are opened, taken back or expired, and in no event.
create table @schema.contact_cards (
  assignment_id uuid not null,
  sender_id text not null,
  partner_id text not null,
  -- Counts the cards of the assignment, from 1.
  issue int not null,
  -- Fingerprint of the partner's public key.
  key_id text not null,
  until timestamptz not null,
  sealed text not null,
  constraint contact_cards_pkey primary key (assignment_id, sender_id),
  constraint contact_cards_small check (octet_length(sealed) <= 8192 and issue >= 1)
);

create index contact_cards_partner on @schema.contact_cards (partner_id, key_id);

-- What was deleted must not lie about in old row versions: any of them is reason enough to clean.
alter table @schema.contact_cards set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1);

-- Exactly the two organisations between which a card travels see it, and either may delete it; only the sender puts one there, and nobody changes one.
alter table @schema.contact_cards enable row level security;
alter table @schema.contact_cards force row level security;
create policy read_between on @schema.contact_cards for select to @app using (@schema.acting_for(sender_id) or @schema.acting_for(partner_id));
create policy add_own on @schema.contact_cards for insert to @app with check (@schema.acting_for(sender_id));
create policy drop_between on @schema.contact_cards for delete to @app using (@schema.acting_for(sender_id) or @schema.acting_for(partner_id));

grant select, insert, delete on @schema.contact_cards to @app;
