-- The read side of the review is built in generations: one is live and follows the log, a next one may be built beside it.
create table @schema.review_generations (
  generation integer not null,
  -- building, live or old: an old one is read no more, and its cases are removed.
  state text not null default 'building',
  -- Up to here the log was read.
  position bigint not null default 0,
  -- The end of the log when this was last written.
  aim bigint not null default 0,
  events bigint not null default 0,
  started_at timestamptz not null default now(),
  finished_at timestamptz,
  removed_at timestamptz,
  constraint review_generations_pkey primary key (generation),
  constraint review_generations_state check (state in ('building', 'live', 'old'))
);

-- One is live and one is being built, at most.
create unique index review_generations_one on @schema.review_generations (state) where state <> 'old';

alter table @schema.review_generations enable row level security;
alter table @schema.review_generations force row level security;
create policy read_for_review on @schema.review_generations for select to @app using (current_setting('referrals.review', true) = 'on');
create policy build on @schema.review_generations to @worker using (true) with check (true);

grant select on @schema.review_generations to @app;
grant insert, update on @schema.review_generations to @worker;
