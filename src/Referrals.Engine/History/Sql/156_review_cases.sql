-- Every referral of the network as the review sees it: its way with every time stamp, and nothing about the client. It crosses the
-- organisations' boundary. So it is not keyed on a tenant but on a setting of its own, which nothing but the review's store sets.
create table @schema.review_cases (
  generation integer not null,
  id uuid not null,
  holder text not null,
  chain text not null,
  version integer not null,
  -- Seconds since 1970-01-01 UTC; 0: not yet.
  started bigint not null,
  ended bigint not null,
  closing text,
  -- Position in the log of the last event that changed it.
  revision bigint not null,
  -- The visits, as CaseCodec writes them.
  body bytea not null,
  constraint review_cases_pkey primary key (generation, id)
);

-- What is small is not worth the time of compressing it.
alter table @schema.review_cases alter column body set storage external;
create index review_cases_revision on @schema.review_cases (generation, revision);

alter table @schema.review_cases enable row level security;
alter table @schema.review_cases force row level security;
create policy read_for_review on @schema.review_cases for select to @app using (current_setting('referrals.review', true) = 'on');
create policy build on @schema.review_cases to @worker using (true) with check (true);

grant select on @schema.review_cases to @app;
grant insert, update, delete on @schema.review_cases to @worker;
