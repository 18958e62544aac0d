-- As before, a row after the other: a join with what is given has a plan that reads all rows of a tenant, since few of them are expected to
-- have no number, and the referrals of a tenant are many.
create or replace function @schema.number_rows(p_put json, p_refused int[]) returns void
  language plpgsql as $$
declare
  w record;
  of_series text;
  highest int;
begin
  for w in
    select c.tenant, c.list, c.id
    from json_to_recordset(p_put) as c(a int, tenant text, list text, id uuid, sort timestamptz, series text)
    where c.a <> all (p_refused)
    order by c.tenant, c.list, c.series, c.sort, c.id
  loop
    select r.series into of_series from @schema.list_rows r
    where r.tenant_id = w.tenant and r.list = w.list and r.id = w.id and r.series is not null and r.number is null;
    continue when not found;

    insert into @schema.list_series as l (tenant_id, list, series, last)
    values (w.tenant, w.list, of_series, 1)
    on conflict (tenant_id, list, series) do update set last = l.last + 1
    returning l.last into highest;

    update @schema.list_rows r set number = highest where r.tenant_id = w.tenant and r.list = w.list and r.id = w.id;
  end loop;
end $$;

alter function @schema.number_rows(json, int[]) reset all;
