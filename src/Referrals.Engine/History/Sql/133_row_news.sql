-- Escalations and dead letters are rows without an event. What is new among them is noted here in the same transaction, until those who
-- are to know have been told.
create table @schema.row_news (
  id bigint generated always as identity,
  tenant_id text not null,
  list text not null,
  row_id uuid not null,
  constraint row_news_pkey primary key (id)
);

alter table @schema.row_news enable row level security;
alter table @schema.row_news force row level security;
create policy add_own on @schema.row_news for insert to @app with check (@schema.acting_for(tenant_id));
create policy read_all on @schema.row_news for select to @worker using (true);
create policy drop_told on @schema.row_news for delete to @worker using (true);
grant insert on @schema.row_news to @app;
grant select, delete on @schema.row_news to @worker;

-- These rows are few, so that their commits may wait for one another where the signal is given.
create function @schema.note_row() returns trigger
  language plpgsql as $$
begin
  insert into @schema.row_news (tenant_id, list, row_id) values (new.tenant_id, new.list, new.id);
  perform pg_notify(tg_table_schema || '_events', '');
  return null;
end $$;

create trigger list_rows_news after insert on @schema.list_rows
  for each row when (new.list in ('escalations', 'dead-letters')) execute function @schema.note_row();
