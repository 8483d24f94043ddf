-- A promise about a case, and the clock that runs for it.
create table service_desk_clock (
  tenant_id uuid not null references tenant (id) on delete cascade,
  case_id uuid not null,
  kind text not null check (kind in ('response', 'resolve')),
  -- Milliseconds that were promised, and those that have counted until `since`.
  target double precision not null,
  spent double precision not null,
  -- Which hours count: the name of the tenant's, or the own week of a contract.
  hours jsonb not null,
  -- From when on it runs; null while it stands still.
  since timestamptz,
  due_at timestamptz,
  warn_at timestamptz,
  warned_at timestamptz,
  broken_at timestamptz,
  met_at timestamptz,
  -- When there is something to tell.
  next_at timestamptz,
  primary key (tenant_id, case_id, kind)
);

-- Whoever looks what is due reads nothing else, however many cases are open.
create index service_desk_clock_next on service_desk_clock (tenant_id, next_at) where next_at is not null;
