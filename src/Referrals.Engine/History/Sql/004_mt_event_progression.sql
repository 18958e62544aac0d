-- The checkpoint of each follower. Marten's layout.
create table @schema.mt_event_progression (
  name varchar not null,
  last_seq_id bigint,
  last_updated timestamptz default transaction_timestamp(),
  constraint pk_mt_event_progression primary key (name)
);

grant select, insert, update on @schema.mt_event_progression to @worker;
