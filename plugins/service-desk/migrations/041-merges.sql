-- Cases that became one: `case_id` goes on in `into_id`. What was before is kept, so that it can be taken back.
create table service_desk_merge (
  tenant_id uuid not null references tenant (id) on delete cascade,
  id uuid not null,
  case_id uuid not null,
  into_id uuid not null,
  -- Fields of the merged case before and after.
  was jsonb not null,
  became jsonb not null,
  -- The folder that the other case came into with it.
  folder_id uuid,
  -- Reminders that are about the other case since.
  reminders uuid[] not null default '{}',
  at timestamptz not null,
  member_id uuid not null,
  member_name text not null,
  undone_at timestamptz,
  -- Empty: nobody at the desk.
  undone_by text,
  primary key (tenant_id, id)
);
create unique index service_desk_merge_live on service_desk_merge (tenant_id, case_id) where undone_at is null;
create index service_desk_merge_into on service_desk_merge (tenant_id, into_id) where undone_at is null;

-- What cases have to do with each other. `related` has no direction: the smaller id comes first.
create table service_desk_link (
  tenant_id uuid not null references tenant (id) on delete cascade,
  from_id uuid not null,
  to_id uuid not null,
  kind text not null check (kind in ('related', 'child-of', 'duplicate-of', 'follows')),
  at timestamptz not null,
  member_id uuid not null,
  member_name text not null,
  primary key (tenant_id, from_id, to_id)
);
create index service_desk_link_to on service_desk_link (tenant_id, to_id);
