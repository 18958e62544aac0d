-- Chains what was written before there were chains, then closes the table. The owner reads all of it for that: row-level security holds
-- for it as well, else.
alter table @schema.audit_entries no force row level security;
alter table @schema.audit_heads no force row level security;

do $$
declare
  e @schema.audit_entries;
  tenant text := null;
  before bytea;
  no bigint;
begin
  for e in select * from @schema.audit_entries order by tenant_id, id loop
    if tenant is distinct from e.tenant_id then
      tenant := e.tenant_id;
      before := '';
      no := 0;
    end if;

    no := no + 1;
    e.chain_no := no;
    before := @schema.audit_hash(e, before);
    update @schema.audit_entries a set chain_no = no, hash = before where a.tenant_id = e.tenant_id and a.id = e.id;
    insert into @schema.audit_heads as h (tenant_id, count, hash) values (e.tenant_id, no, before)
    on conflict (tenant_id) do update set count = excluded.count, hash = excluded.hash;
  end loop;
end $$;

alter table @schema.audit_entries force row level security;
alter table @schema.audit_heads force row level security;
alter table @schema.audit_entries alter column chain_no set not null, alter column hash set not null;

create unique index audit_entries_chain on @schema.audit_entries (tenant_id, chain_no);
create index audit_looks on @schema.audit_entries (tenant_id, chain_no) where kind = 'look';
create index audit_looks_who on @schema.audit_entries (tenant_id, who, chain_no) where kind = 'look';
create index audit_looks_subject on @schema.audit_entries (tenant_id, subject, chain_no) where kind = 'look';
create index audit_looks_at on @schema.audit_entries (tenant_id, at) where kind = 'look';

-- The same for deeds, so that looks, of which there are many more, don't weigh on them.
drop index @schema.audit_entries_what;
drop index @schema.audit_entries_subject;
create index audit_deeds on @schema.audit_entries (tenant_id, id) where kind = 'deed';
create index audit_deeds_what on @schema.audit_entries (tenant_id, what, id) where kind = 'deed';
create index audit_deeds_subject on @schema.audit_entries (tenant_id, subject, id) where kind = 'deed';

create trigger chained before insert on @schema.audit_entries for each row execute function @schema.chain_audit_entry();
create trigger kept before update or delete on @schema.audit_entries for each row execute function @schema.keep_audit();
create trigger kept_whole before truncate on @schema.audit_entries for each statement execute function @schema.keep_audit();
create trigger kept before delete on @schema.audit_heads for each row execute function @schema.keep_audit();
create trigger kept_whole before truncate on @schema.audit_heads for each statement execute function @schema.keep_audit();
