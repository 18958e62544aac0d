-- The workers remove drafts that nobody touched for 30 days, whoever's they are, and see nothing else of drafts.
create policy see_old on @schema.referral_drafts for select to @worker using (changed_at < now() - interval '30 days');
create policy drop_old on @schema.referral_drafts for delete to @worker using (changed_at < now() - interval '30 days');

grant select (changed_at), delete on @schema.referral_drafts to @worker;
