-- Counts the changes of a machine client, so that of two administrators at once the second is told.
alter table @schema.api_clients
  add column version integer not null default 1,
  add column renewed_at timestamptz;
