-- The durable backlog. BullMQ holds only a short queue of (id, ticket); these rows are the truth.

create table job (
  id uuid primary key default gen_random_uuid(),
  -- Order of enqueueing.
  seq bigint generated always as identity,
  -- Empty: work of the hub itself (null would defeat the index conditions below).
  tenant_id text not null,
  owner text not null,
  type text not null,
  lane text not null check (lane in ('live', 'normal', 'bulk')),
  payload jsonb not null,
  dedupe_key text not null,
  -- Of tenant, owner, type and dedupe key.
  dedupe_hash uuid not null,
  dedupe_forever boolean not null,
  -- Of tenant, owner and serialize key; null waits for nobody.
  serialize_hash uuid,
  state text not null default 'waiting'
    check (state in ('waiting', 'blocked', 'queued', 'running', 'done', 'dead', 'discarded')),
  attempts integer not null default 0,
  max_attempts integer not null check (max_attempts > 0),
  run_at timestamptz not null,
  -- Counts dispatches: a worker may start and settle only the dispatch that it was given.
  ticket integer not null default 0,
  queued_at timestamptz,
  lease_until timestamptz,
  created_at timestamptz not null default now(),
  first_started_at timestamptz,
  finished_at timestamptz,
  error_code text,
  error_message text,
  error_remedy text,
  discard_reason text
) with (
  -- Every job passes through four states, so a fifth of a large table would be far too many dead rows.
  autovacuum_vacuum_scale_factor = 0.02,
  autovacuum_analyze_scale_factor = 0.05
);

create unique index job_dedupe on job (dedupe_hash)
  where dedupe_forever or state in ('waiting', 'blocked', 'queued');
create index job_waiting on job (lane, tenant_id, owner, run_at, seq) where state = 'waiting';
create index job_active on job (lane, tenant_id) where state in ('queued', 'running');
-- Three indexes, as each question about a serialize key must be answered by one row whatever else waits under that key.
create index job_serial_active on job (serialize_hash)
  where serialize_hash is not null and state in ('queued', 'running');
create index job_serial_waiting on job (serialize_hash, seq) where serialize_hash is not null and state = 'waiting';
create index job_serial_blocked on job (serialize_hash, seq) where serialize_hash is not null and state = 'blocked';
create index job_dead on job (finished_at, id) where state = 'dead';
create index job_over on job (finished_at) where state in ('done', 'discarded');

-- Keys of `forever` jobs whose rows retention has removed.
create table job_key (
  dedupe_hash uuid primary key,
  job_id uuid not null
);

create table job_pause (
  owner text not null,
  tenant_id text not null,
  reason text not null,
  since timestamptz not null default now(),
  primary key (owner, tenant_id)
);

-- Worker processes that are alive, and how many jobs of each lane they take at a time.
create table job_worker (
  id uuid primary key,
  slots jsonb not null,
  seen_at timestamptz not null
);

create table job_schedule (
  key text primary key,
  cron text,
  every_ms bigint,
  time_zone text not null,
  -- What a tick inserts into `job`.
  job jsonb not null,
  last_tick_at timestamptz,
  next_tick_at timestamptz not null,
  check ((cron is null) <> (every_ms is null))
);
