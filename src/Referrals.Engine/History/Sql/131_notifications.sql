-- What people are told of: rows in the tenant of the organisation they work for. A person is its sign-in name, as in the history.
create table @schema.notifications (
  tenant_id text not null,
  id bigint generated always as identity,
  person text not null,
  -- The event, or the row of a list, that it comes from.
  event_id uuid not null,
  kind text not null,
  series text,
  number integer,
  step_de text,
  step_en text,
  at timestamptz not null,
  read_at timestamptz,
  mail_id uuid,
  constraint notifications_pkey primary key (tenant_id, id),
  -- Nobody is told of the same thing twice, however often the follower begins again.
  constraint notifications_once unique (tenant_id, person, event_id)
);

create index notifications_list on @schema.notifications (tenant_id, person, (read_at is null) desc, id desc);
create index notifications_unread on @schema.notifications (tenant_id, person) where read_at is null;
create index notifications_mail on @schema.notifications (tenant_id, mail_id) where mail_id is not null;
create index notifications_at on @schema.notifications (at);

alter table @schema.notifications enable row level security;
alter table @schema.notifications force row level security;
create policy read_own on @schema.notifications for select to @app using (@schema.acting_for(tenant_id));
create policy add_own on @schema.notifications for insert to @app with check (@schema.acting_for(tenant_id));
create policy change_own on @schema.notifications for update to @app using (@schema.acting_for(tenant_id));
create policy read_all on @schema.notifications for select to @worker using (true);
create policy drop_old on @schema.notifications for delete to @worker using (true);

grant select, insert, update (read_at, mail_id) on @schema.notifications to @app;
grant delete on @schema.notifications to @worker;

-- Mails to be sent, one for all that a person is told of until it is due; what it says is written when it is sent.
create table @schema.mails (
  id uuid not null,
  tenant_id text not null,
  person text not null,
  due_at timestamptz not null,
  next_try_at timestamptz not null,
  tries integer not null default 0,
  -- waiting, sent, dropped (nothing to say any more, or nowhere to send it) or failed
  state text not null default 'waiting',
  reason text,
  ended_at timestamptz,
  constraint mails_pkey primary key (tenant_id, id)
);

create unique index mails_gathering on @schema.mails (tenant_id, person, due_at) where state = 'waiting' and tries = 0;
create index mails_waiting on @schema.mails (next_try_at) where state = 'waiting';
create index mails_ended on @schema.mails (ended_at) where state <> 'waiting';

alter table @schema.mails enable row level security;
alter table @schema.mails force row level security;
create policy read_own on @schema.mails for select to @app using (@schema.acting_for(tenant_id));
create policy add_own on @schema.mails for insert to @app with check (@schema.acting_for(tenant_id));
create policy gather_own on @schema.mails for update to @app using (@schema.acting_for(tenant_id));
create policy read_all on @schema.mails for select to @worker using (true);
create policy send_all on @schema.mails for update to @worker using (true) with check (true);
create policy drop_old on @schema.mails for delete to @worker using (true);

grant select, insert, update (due_at) on @schema.mails to @app;
grant update (next_try_at, tries, state, reason, ended_at), delete on @schema.mails to @worker;
