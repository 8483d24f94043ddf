-- The running number of cases. The row is locked while a number is given, so that none is given twice and none is left out.
create table service_desk_counter (
  tenant_id uuid primary key references tenant (id) on delete cascade,
  last_number integer not null
);

-- Cases that the desk has numbered or changed. The row is the lock of a case: who changes one holds it.
create table service_desk_case (
  tenant_id uuid not null references tenant (id) on delete cascade,
  case_id uuid not null,
  number text,
  -- What was written and may not be in the mirror yet: {field: {value, was, at}}.
  pending jsonb not null default '{}',
  -- The last thing that whoever has the case open should be told.
  news jsonb,
  deleted_at timestamptz,
  primary key (tenant_id, case_id)
);

create unique index service_desk_case_number on service_desk_case (tenant_id, number);

-- What happened to a case or a malfunction, in the words of who did it. Rows are added, never changed.
create table service_desk_entry (
  tenant_id uuid not null references tenant (id) on delete cascade,
  id uuid not null,
  case_id uuid,
  malfunction_id uuid,
  kind text not null,
  at timestamptz not null,
  -- Null: the hub itself.
  member_id uuid,
  member_name text not null,
  body text not null default '',
  before jsonb not null default '{}',
  after jsonb not null default '{}',
  call_id uuid,
  primary key (tenant_id, id)
);

create index service_desk_entry_case on service_desk_entry (tenant_id, case_id, at desc);

-- What a call is about, as somebody at the desk said, until the record of the call says it.
create table service_desk_call (
  tenant_id uuid not null references tenant (id) on delete cascade,
  call_id uuid not null,
  case_id uuid,
  malfunction_id uuid,
  filed_at timestamptz not null,
  -- Whether it was written to the record of the call.
  is_written boolean not null default false,
  primary key (tenant_id, call_id)
);

create index service_desk_call_case on service_desk_call (tenant_id, case_id);

-- One row per click: the same request again is answered as the first one was.
create table service_desk_request (
  tenant_id uuid not null references tenant (id) on delete cascade,
  member_id uuid not null,
  request_id text not null,
  -- A hash of what was asked for.
  asked text not null,
  answer jsonb,
  at timestamptz not null default now(),
  primary key (tenant_id, member_id, request_id)
);

create index service_desk_request_age on service_desk_request (tenant_id, at);

-- Who has a case open just now. Old rows are not believed.
create table service_desk_presence (
  tenant_id uuid not null references tenant (id) on delete cascade,
  case_id uuid not null,
  member_id uuid not null,
  member_name text not null,
  is_editing boolean not null,
  since timestamptz not null,
  seen_at timestamptz not null,
  primary key (tenant_id, case_id, member_id)
);

-- People and places that were made at the desk, until they are in the mirror.
create table service_desk_made (
  tenant_id uuid not null references tenant (id) on delete cascade,
  object text not null,
  id uuid not null,
  fields jsonb not null,
  at timestamptz not null,
  primary key (tenant_id, object, id)
);
