-- The commonest append, one event for one stream and no message, without the cost of the general one: see append_events, which does the
-- same for any number. position is null when the stream was not at the expected version; actual is its real one then.
create function @schema.append_one(
  p_tenants text, p_tenant text, p_stream uuid, p_stream_type text, p_expected bigint,
  p_id uuid, p_type text, p_dotnet text, p_data jsonb, p_at timestamptz,
  p_correlation text, p_causation text, p_user text, p_headers jsonb, p_rows json,
  out "position" bigint, out actual bigint)
  language plpgsql as $$
begin
  perform set_config('referrals.tenants', p_tenants, true);
  if p_expected = 0 then
    insert into @schema.mt_streams (tenant_id, id, type, version, timestamp, created)
    values (p_tenant, p_stream, p_stream_type, 1, p_at, p_at)
    on conflict do nothing;
  else
    update @schema.mt_streams s set version = p_expected + 1, timestamp = p_at
    where s.tenant_id = p_tenant and s.id = p_stream and s.version = p_expected;
  end if;

  if not found then
    select coalesce(max(s.version), 0) into actual from @schema.mt_streams s where s.tenant_id = p_tenant and s.id = p_stream;
    return;
  end if;

  if p_rows is not null then
    perform @schema.change_rows(p_rows, '{}');
  end if;

  insert into @schema.mt_events (
    tenant_id, stream_id, version, id, type, mt_dotnet_type, data, timestamp, correlation_id, causation_id, user_name, headers)
  values (
    p_tenant, p_stream, p_expected + 1, p_id, p_type, p_dotnet, p_data, p_at, p_correlation, p_causation, p_user, p_headers)
  returning seq_id into "position";
end $$;
