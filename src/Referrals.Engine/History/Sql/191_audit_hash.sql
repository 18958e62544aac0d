-- A value with its length in bytes before it, so that no two lists of values are written alike.
create function @schema.measured(p_text text) returns text
  language sql immutable strict parallel safe
  return octet_length(convert_to(p_text, 'UTF8')) || ':' || p_text || ',';

-- SHA-256 over an entry and the hash before it; AuditChain.Hash is the same without the database.
create function @schema.audit_hash(p_entry @schema.audit_entries, p_before bytea) returns bytea
  language plpgsql immutable
  set search_path = pg_catalog, pg_temp
  as $$
declare
  details text;
begin
  select string_agg(@schema.measured(d.key) || @schema.measured(d.value), '' order by d.key collate "C")
  into details from jsonb_each_text(p_entry.details) d;
  return sha256(convert_to(
    @schema.measured('audit-1') || @schema.measured(p_entry.tenant_id) || @schema.measured(p_entry.chain_no::text) || @schema.measured(p_entry.id::text)
      || @schema.measured(p_entry.kind) || @schema.measured((extract(epoch from p_entry.at) * 1000000)::bigint::text)
      || @schema.measured(p_entry.who) || @schema.measured(p_entry.what) || @schema.measured(p_entry.subject)
      || @schema.measured(coalesce(details, '')) || @schema.measured(encode(p_before, 'hex')),
    'UTF8'));
end $$;
