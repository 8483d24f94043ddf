-- How far the connecting of a workspace is: steps as they happen, so that a page that was loaded again, by whatever process, shows them.
create table crm_connecting (
  tenant_id uuid primary key references tenant on delete cascade,
  -- The attempt that writes here; one that began later has the row for itself.
  attempt uuid not null,
  -- [{"step": "server", "state": "ok", "lines": [...]}, ...]
  steps jsonb not null,
  started_at timestamptz not null default now(),
  -- Set now and then while the attempt goes on: without it, nobody is left who goes on.
  beat_at timestamptz not null default now(),
  ended_at timestamptz
);
