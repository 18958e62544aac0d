-- Moves a follower's checkpoint, never back, and changes rows in the caller's transaction. False: there was nothing to move.
create function @schema.advance_follower(p_name text, p_position bigint, p_tenants text, p_rows json) returns boolean
  language plpgsql as $$
begin
  update @schema.mt_event_progression
  set last_seq_id = p_position, last_updated = transaction_timestamp()
  where name = p_name and last_seq_id <= p_position;
  if not found then
    return false;
  end if;

  if p_rows is not null then
    perform set_config('referrals.tenants', p_tenants, true);
    perform @schema.change_rows(p_rows, '{}');
  end if;

  return true;
end $$;
