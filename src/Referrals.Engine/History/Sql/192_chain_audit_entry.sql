-- Puts an entry at the end of its tenant's chain. The head's row is locked until the transaction ends, so that whoever comes next chains to
-- what was committed. In the owner's name: nobody else writes heads.
create function @schema.chain_audit_entry() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
  as $$
declare
  head @schema.audit_heads;
begin
  select * into head from @schema.audit_heads h where h.tenant_id = new.tenant_id for update;
  if not found then
    insert into @schema.audit_heads (tenant_id, count, hash) values (new.tenant_id, 0, '') on conflict do nothing;
    select * into strict head from @schema.audit_heads h where h.tenant_id = new.tenant_id for update;
  end if;

  new.chain_no := head.count + 1;
  new.hash := @schema.audit_hash(new, head.hash);
  update @schema.audit_heads h set count = new.chain_no, hash = new.hash where h.tenant_id = new.tenant_id;
  return new;
end $$;

-- Refuses what would change or take away entries, also to the owner.
create function @schema.keep_audit() returns trigger
  language plpgsql as $$
begin
  raise exception 'entries of the log are only ever added' using errcode = 'insufficient_privilege';
end $$;
