-- Puts a question in line, unless as many of the organisation's wait or run already. The same question sent twice (by its id) is one.
create function @schema.ask_what_if(
  p_id uuid, p_organisation text, p_person text, p_asked_at timestamptz, p_question jsonb, p_most integer)
returns boolean language plpgsql as $$
begin
  -- Two who ask at once are counted one after the other.
  perform pg_advisory_xact_lock(hashtextextended('@schema/ask_what_if/' || p_organisation, 0));
  if exists (select 1 from @schema.what_if_jobs where id = p_id) then
    return true;
  end if;

  if (select count(*) from @schema.what_if_jobs where organisation = p_organisation and state in ('queued', 'running')) >= p_most then
    return false;
  end if;

  insert into @schema.what_if_jobs (id, organisation, person, asked_at, question) values (p_id, p_organisation, p_person, p_asked_at, p_question);
  return true;
end $$;
