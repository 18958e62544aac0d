-- Second half of an append to several streams: they were locked and checked, now they advance. Raises serialization_failure
-- when another transaction created a stream meanwhile; the writer tries again and then sees its real version.
create function @schema.advance_checked(
  s_append int[], s_tenant text[], s_id uuid[], s_type text[], s_expected bigint[], s_count int[], s_at timestamptz[], s_check boolean[],
  p_refused int[]) returns void
  language plpgsql as $$
declare
  w record;
begin
  for w in
    select * from unnest(s_append, s_tenant, s_id, s_type, s_expected, s_count, s_at, s_check)
      as t(append, tenant, id, type, expected, count, at, only_check)
  loop
    continue when w.count = 0 or not w.only_check or w.append = any (p_refused);
    if w.expected = 0 then
      insert into @schema.mt_streams (tenant_id, id, type, version, timestamp, created)
      values (w.tenant, w.id, w.type, w.count, w.at, w.at)
      on conflict do nothing;
    else
      update @schema.mt_streams s set version = w.expected + w.count, timestamp = w.at
      where s.tenant_id = w.tenant and s.id = w.id and s.version = w.expected;
    end if;

    if not found then
      raise exception 'a stream was started at the same time' using errcode = 'serialization_failure';
    end if;
  end loop;
end $$;
