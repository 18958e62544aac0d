-- What people find rows by: a number (counted in each series), a reference (searched from its start) and who looks after it.
alter table @schema.list_rows
  add column series text,
  add column number integer,
  -- In lower case and in the order of its bytes, so that a search from the start is a range.
  add column reference text collate "C",
  -- '': nobody. So that those without anybody are a range of the index too.
  add column assignee text not null default '';

-- The last number given in each series.
create table @schema.list_series (
  tenant_id text not null,
  list text not null,
  series text not null,
  last integer not null,
  constraint list_series_pkey primary key (tenant_id, list, series)
);

alter table @schema.list_series enable row level security;
alter table @schema.list_series force row level security;
create policy read_own on @schema.list_series for select to @app
  using (@schema.acting_for(tenant_id) or tenant_id = '*DEFAULT*');
create policy add_own on @schema.list_series for insert to @app with check (@schema.acting_for(tenant_id));
create policy change_own on @schema.list_series for update to @app
  using (@schema.acting_for(tenant_id)) with check (@schema.acting_for(tenant_id));

grant select, insert, update on @schema.list_series to @app;

-- Rows from before there were numbers get theirs in the order of their time. The protection holds for the owner too, so it rests
-- for as long as this transaction runs, in which nobody else gets at the table.
alter table @schema.list_rows no force row level security;
alter table @schema.list_series no force row level security;

update @schema.list_rows r
set series = n.series, number = n.number, reference = n.reference
from (
  select l.tenant_id, l.list, l.id, l.series, l.reference,
    row_number() over (partition by l.tenant_id, l.list, l.series order by l.sort_at, l.id) as number
  from (
    select tenant_id, list, id, sort_at, to_char(sort_at at time zone 'Europe/Berlin', 'YYYY') as series,
      lower(data ->> 'caseReference') as reference
    from @schema.list_rows where list in ('referrals', 'assignments')) l) n
where r.tenant_id = n.tenant_id and r.list = n.list and r.id = n.id;

insert into @schema.list_series (tenant_id, list, series, last)
select tenant_id, list, series, max(number) from @schema.list_rows where series is not null group by tenant_id, list, series;

alter table @schema.list_rows force row level security;
alter table @schema.list_series force row level security;

create unique index list_rows_number on @schema.list_rows (tenant_id, list, series, number) where number is not null;
create index list_rows_reference on @schema.list_rows (tenant_id, list, reference) where reference is not null;
create index list_rows_assignee on @schema.list_rows (tenant_id, list, assignee, status, sort_at desc, id);
create index list_rows_counterpart on @schema.list_rows (tenant_id, list, counterpart, sort_at desc, id) where counterpart is not null;
