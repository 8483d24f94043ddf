-- What members want to be reminded of. What is done stays for a month.
create table service_desk_reminder (
  tenant_id uuid not null references tenant (id) on delete cascade,
  id uuid not null,
  member_id uuid not null,
  -- The record that it is about, by the singular API name of its object.
  object text not null,
  record_id uuid not null,
  note text not null,
  due_at timestamptz not null,
  done_at timestamptz,
  primary key (tenant_id, id)
);

create index service_desk_reminder_open on service_desk_reminder (tenant_id, member_id, due_at) where done_at is null;
