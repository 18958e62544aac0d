-- When a line last changed, where it says so. Times in the lines are UTC in one form, so that their order as text is that of time. A
-- column of its own, because row-level security keeps an index from being asked through a function that might tell what it sees.
alter table @schema.list_rows add column changed_at text collate "C" generated always as (data ->> 'changedAt') stored;

-- Referrals that ended, the last first.
create index list_rows_ended on @schema.list_rows (tenant_id, changed_at desc, id)
  where list = 'referrals' and status in ('completed', 'closed-early', 'withdrawn', 'consent-withdrawn');
