-- From here on a consent ends by itself, which the row of a referral's due date has to say. Every open referral is looked at once, so that those
-- recorded before get one too. The owner reads all of them for that: row-level security holds for it as well, else.
alter table @schema.list_rows no force row level security;
alter table @schema.due_streams no force row level security;

insert into @schema.due_streams as d (tenant_id, stream_id, stream_type, due_at, visible_at)
select r.tenant_id, r.id, 'referral', now(), now() from @schema.list_rows r
where r.list = 'referrals' and r.status in ('running', 'question-open', 'needs-decision')
on conflict (tenant_id, stream_id) do update set due_at = least(d.due_at, excluded.due_at), visible_at = least(d.visible_at, excluded.visible_at);

alter table @schema.list_rows force row level security;
alter table @schema.due_streams force row level security;
