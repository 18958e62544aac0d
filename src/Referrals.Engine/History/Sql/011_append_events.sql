-- Writes a batch of appends in the caller's transaction. Each append is written whole or refused whole; a refused one leaves
-- nothing behind, not even a gap in the sequence, and does not touch the others. No stream, message or row stands in two
-- appends of a batch. Streams are sorted alike by every writer, so that writers wait for one another and never in a circle.
--
-- s_check: the stream is only checked first, because its append has other streams (or no events for this one).
-- handled: numbers of the appends whose message was handled before. conflicts: positions in the s_ arrays of streams that were
-- not at their expected version, with their real versions in actuals. sequences: of the written events, in the order given.
create function @schema.append_events(
  p_tenants text,
  s_append int[], s_tenant text[], s_id uuid[], s_type text[], s_expected bigint[], s_count int[], s_at timestamptz[], s_check boolean[],
  e_append int[], e_tenant text[], e_stream uuid[], e_version bigint[], e_id uuid[], e_type text[], e_dotnet text[], e_data jsonb[],
  e_at timestamptz[], e_correlation text[], e_causation text[], e_user text[], e_headers jsonb[],
  i_append int[], i_tenant text[], i_id uuid[],
  p_rows json,
  out handled int[], out conflicts int[], out actuals bigint[], out sequences bigint[])
  language plpgsql
  -- Else each call is planned anew: a plan for the arrays at hand always looks cheaper than one for arrays of any length.
  set plan_cache_mode = force_generic_plan
  as $$
declare
  w record;
  refused int[];
  actual bigint;
  wanted int;
  written int;
begin
  perform set_config('referrals.tenants', p_tenants, true);
  conflicts := '{}';
  actuals := '{}';
  handled := '{}';

  if cardinality(i_id) > 0 then
    for w in select * from unnest(i_append, i_tenant, i_id) as t(append, tenant, id) loop
      if exists (select from @schema.inbox b where b.tenant_id = w.tenant and b.message_id = w.id) then
        handled := handled || w.append;
      end if;
    end loop;
  end if;

  refused := handled;
  for w in
    select * from unnest(s_append, s_tenant, s_id, s_type, s_expected, s_count, s_at, s_check)
      with ordinality as t(append, tenant, id, type, expected, count, at, only_check, no)
  loop
    continue when w.append = any (handled);
    if w.only_check then
      select s.version into actual from @schema.mt_streams s where s.tenant_id = w.tenant and s.id = w.id for no key update;
      continue when coalesce(actual, 0) = w.expected;
    elsif w.expected = 0 then
      insert into @schema.mt_streams (tenant_id, id, type, version, timestamp, created)
      values (w.tenant, w.id, w.type, w.count, w.at, w.at)
      on conflict do nothing;
      continue when found;
    else
      update @schema.mt_streams s set version = w.expected + w.count, timestamp = w.at
      where s.tenant_id = w.tenant and s.id = w.id and s.version = w.expected;
      continue when found;
    end if;

    select s.version into actual from @schema.mt_streams s where s.tenant_id = w.tenant and s.id = w.id;
    refused := refused || w.append;
    conflicts := conflicts || w.no::int;
    actuals := actuals || coalesce(actual, 0);
  end loop;

  if true = any (s_check) then
    perform @schema.advance_checked(s_append, s_tenant, s_id, s_type, s_expected, s_count, s_at, s_check, refused);
  end if;

  if cardinality(i_id) > 0 then
    select count(*) into wanted from unnest(i_append) as t(append) where t.append <> all (refused);
    insert into @schema.inbox (tenant_id, message_id)
    select t.tenant, t.id from unnest(i_append, i_tenant, i_id) as t(append, tenant, id)
    where t.append <> all (refused)
    order by t.tenant, t.id
    on conflict do nothing;
    get diagnostics written = row_count;
    if written < wanted then
      raise exception 'a message was handled at the same time' using errcode = 'serialization_failure';
    end if;
  end if;

  if p_rows is not null then
    perform @schema.change_rows(p_rows, refused);
  end if;

  with numbered as (
    insert into @schema.mt_events (
      tenant_id, stream_id, version, id, type, mt_dotnet_type, data, timestamp, correlation_id, causation_id, user_name, headers)
    select t.tenant, t.stream, t.version, t.id, t.type, t.dotnet, t.data, t.at, t.correlation, t.causation, t.actor, t.headers
    from unnest(
        e_append, e_tenant, e_stream, e_version, e_id, e_type, e_dotnet, e_data, e_at, e_correlation, e_causation, e_user, e_headers)
      with ordinality as t(append, tenant, stream, version, id, type, dotnet, data, at, correlation, causation, actor, headers, no)
    where t.append <> all (refused)
    order by t.no
    returning seq_id)
  select coalesce(array_agg(n.seq_id order by n.seq_id), '{}') into sequences from numbered n;
end $$;
