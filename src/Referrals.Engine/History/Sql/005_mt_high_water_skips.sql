-- Marten's own record of gaps that it gave up waiting for. Our followers need none; the table completes the layout.
create table @schema.mt_high_water_skips (
  ending_sequence bigint not null,
  starting_sequence bigint not null,
  timestamp timestamptz default transaction_timestamp(),
  constraint pkey_mt_high_water_skips_ending_sequence primary key (ending_sequence)
);
