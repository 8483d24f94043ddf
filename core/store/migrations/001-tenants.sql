-- A Twenty workspace connected to the hub.
create table tenant (
  id uuid primary key,
  slug text not null unique,
  name text not null,
  country text not null,
  time_zone text not null,
  locale text not null,
  state text not null default 'active' check (state in ('active', 'suspended')),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

-- How a tenant's Twenty is reached. The API key is in the table secret.
create table crm_connection (
  tenant_id uuid primary key references tenant (id) on delete cascade,
  url text not null,
  -- What the server said at the last check that succeeded; null until then.
  workspace_id uuid,
  server_version text,
  checked_at timestamptz,
  updated_at timestamptz not null default now()
);

-- A plugin that was configured for a tenant. Secret fields of its configuration are in the table secret.
create table plugin_setting (
  tenant_id uuid not null references tenant (id) on delete cascade,
  plugin_id text not null,
  state text not null check (state in ('enabled', 'paused', 'disabled')),
  pause_reason text,
  config jsonb not null default '{}',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, plugin_id),
  check ((state = 'paused') = (pause_reason is not null))
);
