-- Overwrites what was written in the clear, before there were keys, in the events of a stream whose key was destroyed. In the owner's name,
-- because the application may change no event; and only for streams that the transaction acts for.
create policy erase_read on @schema.mt_events for select to current_user using (@schema.acting_for(tenant_id));
create policy erase_own on @schema.mt_events for update to current_user using (@schema.acting_for(tenant_id)) with check (@schema.acting_for(tenant_id));
create policy erase_read on @schema.stream_keys for select to current_user using (@schema.acting_for(tenant_id));

create function @schema.erase_texts(p_tenant text, p_stream uuid) returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
  as $$
declare
  f record;
begin
  if not @schema.acting_for(p_tenant) or not exists (
    select from @schema.stream_keys k where k.tenant_id = p_tenant and k.stream_id = p_stream and k.destroyed_at is not null) then
    raise exception 'only the texts of an own stream whose key was destroyed can be erased' using errcode = 'insufficient_privilege';
  end if;

  -- All that was ever written in the clear: later fields are sealed from their first day.
  for f in select * from (values
    ('referral_started', 'caseReference'), ('referral_started', 'note'), ('step_offered', 'note'), ('step_declined', 'note'),
    ('step_asked', 'text'), ('step_answered', 'text'), ('assignment_received', 'note'), ('assignment_declined', 'note'),
    ('assignment_asked', 'text'), ('assignment_answer_received', 'text')) as t(type, field)
  loop
    update @schema.mt_events e set data = jsonb_set(e.data, array[f.field], '{"v": 1}')
    where e.tenant_id = p_tenant and e.stream_id = p_stream and e.type = f.type and jsonb_typeof(e.data -> f.field) = 'string';
  end loop;
end $$;

revoke execute on function @schema.erase_texts(text, uuid) from public;
grant execute on function @schema.erase_texts(text, uuid) to @app;

-- Destroys the keys of streams, and what else holds their words.
create function @schema.destroy_keys(p_rows json, p_refused int[]) returns void
  language plpgsql as $$
declare
  c record;
begin
  for c in
    select * from json_to_recordset(p_rows -> 'destroy') as t(a int, tenant text, id uuid)
    where t.a <> all (p_refused) order by t.tenant, t.id
  loop
    update @schema.stream_keys k set master_key = null, wrapped = null, destroyed_at = now()
    where k.tenant_id = c.tenant and k.stream_id = c.id and k.destroyed_at is null;
    insert into @schema.stream_keys (tenant_id, stream_id, destroyed_at)
    select c.tenant, c.id, now()
    where not exists (select from @schema.stream_keys k where k.tenant_id = c.tenant and k.stream_id = c.id);
    perform @schema.erase_texts(c.tenant, c.id);
    -- Remembered answers to requests show the referral or assignment, by its id.
    delete from @schema.api_answers a where a.tenant_id = c.tenant and position(convert_to(c.id::text, 'UTF8') in a.body) > 0;
  end loop;
end $$;
