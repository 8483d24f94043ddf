-- What came in, raw and durable. Twice the same delivery is one row.
create table inbox (
  id uuid primary key,
  tenant_id uuid not null references tenant (id) on delete cascade,
  plugin_id text not null,
  webhook text not null,
  delivery_key text not null,
  method text not null,
  path text not null,
  query text not null,
  headers jsonb not null,
  body bytea not null,
  repeats integer not null default 0,
  received_at timestamptz not null default now(),
  unique (tenant_id, plugin_id, webhook, delivery_key)
);
create index inbox_received on inbox (received_at);

-- One line per thing that came in or went out: what an operator reads.
create table delivery (
  id uuid primary key,
  tenant_id uuid not null references tenant (id) on delete cascade,
  plugin_id text not null,
  direction text not null check (direction in ('in', 'out')),
  kind text not null,
  result text not null check (result in ('waiting', 'done', 'ignored', 'rejected', 'failed')),
  summary text not null,
  error_code text,
  remedy text,
  record_id uuid,
  inbox_id uuid unique references inbox (id) on delete set null,
  job_id uuid,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index delivery_latest on delivery (tenant_id, created_at desc, id);
create index delivery_created on delivery (created_at);

-- Facts that happened; who is told is decided by the jobs written in the same transaction.
create table event (
  id uuid primary key,
  tenant_id uuid not null references tenant (id) on delete cascade,
  name text not null,
  dedupe_key text not null,
  payload jsonb not null,
  occurred_at timestamptz not null,
  created_at timestamptz not null default now(),
  unique (tenant_id, name, dedupe_key)
);
create index event_created on event (created_at);

-- Small facts of a plugin about a tenant.
create table plugin_fact (
  tenant_id uuid not null references tenant (id) on delete cascade,
  plugin_id text not null,
  key text not null collate "C",
  value jsonb not null,
  expires_at timestamptz,
  primary key (tenant_id, plugin_id, key)
);
create index plugin_fact_expiry on plugin_fact (expires_at) where expires_at is not null;

-- Who holds what must be done by one process at a time.
create table lease (
  name text primary key,
  holder uuid not null,
  expires_at timestamptz not null
);
