-- Malfunction folders that the desk has numbered or changed. The row is the lock of a folder.
create table service_desk_folder (
  tenant_id uuid not null references tenant (id) on delete cascade,
  folder_id uuid not null,
  -- What was written and may not be in the mirror yet, as in service_desk_case.
  pending jsonb not null default '{}',
  opened_at timestamptz not null default now(),
  primary key (tenant_id, folder_id)
);

-- The running number of folders.
create table service_desk_folder_counter (
  tenant_id uuid primary key references tenant (id) on delete cascade,
  last_number integer not null
);

-- Every move of a call or a case into a folder, out of one, or from one to another. Rows are added, never changed.
create table service_desk_move (
  tenant_id uuid not null references tenant (id) on delete cascade,
  id bigint generated always as identity,
  object text not null check (object in ('serviceCase', 'phoneCall')),
  record_id uuid not null,
  was uuid,
  became uuid,
  -- What the mirror had: as long as it has that, the move is on its way to Twenty.
  mirror_was uuid,
  at timestamptz not null,
  member_id uuid not null,
  member_name text not null,
  -- Of the suggestion that somebody followed; null for what was moved by hand.
  score real,
  primary key (tenant_id, id)
);
create index service_desk_move_record on service_desk_move (tenant_id, record_id, id desc);
create index service_desk_move_folder on service_desk_move (tenant_id, became, id desc);

-- Cases and calls whose folder is on its way to Twenty.
create index service_desk_case_folder on service_desk_case (tenant_id, (pending -> 'malfunctionId' ->> 'value'))
  where pending -> 'malfunctionId' is not null;
create index service_desk_call_folder on service_desk_call (tenant_id, malfunction_id) where malfunction_id is not null;

-- The ledger: what flowed from a folder to its cases.
create table service_desk_flow (
  tenant_id uuid not null references tenant (id) on delete cascade,
  id uuid not null,
  folder_id uuid not null,
  kind text not null check (kind in ('status', 'note')),
  -- The folder's own fields before and after.
  was jsonb not null,
  became jsonb not null,
  note text not null,
  at timestamptz not null,
  member_id uuid not null,
  member_name text not null,
  undone_at timestamptz,
  undone_by text,
  -- What became of the folder itself in undoing.
  undone text check (undone in ('restored', 'changed-since', 'gone')),
  primary key (tenant_id, id)
);
create index service_desk_flow_folder on service_desk_flow (tenant_id, folder_id, at desc);

-- What a flow did with each case that was in the folder.
create table service_desk_flow_case (
  tenant_id uuid not null references tenant (id) on delete cascade,
  flow_id uuid not null,
  case_id uuid not null,
  folder_id uuid not null,
  result text not null,
  -- The fields of the case that the flow set, before and after.
  was jsonb not null default '{}',
  became jsonb not null default '{}',
  at timestamptz not null,
  undone text check (undone in ('restored', 'changed-since', 'gone')),
  primary key (tenant_id, flow_id, case_id)
);
create index service_desk_flow_case_last on service_desk_flow_case (tenant_id, case_id, at desc) where result = 'changed';
