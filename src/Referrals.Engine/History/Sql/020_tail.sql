-- A tail of one tenant's events reads no further than is safe, and for that needs the last number given.
grant select on sequence @schema.mt_events_sequence to @app;
