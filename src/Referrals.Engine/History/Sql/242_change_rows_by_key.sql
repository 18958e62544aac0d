-- Rows are changed and taken away by their key. As a condition that an index can answer, the tenants of the transaction would make every index of a
-- tenant's list as cheap as that of the key, and which one a plan then takes, chance: it may read all rows of the list.
alter policy change_own on @schema.list_rows using (@schema.acting_for(tenant_id || ''));
alter policy drop_own on @schema.list_rows using (@schema.acting_for(tenant_id || ''));
