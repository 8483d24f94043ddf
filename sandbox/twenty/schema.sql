create table if not exists workspace (
  id uuid primary key,
  display_name text not null,
  subdomain text not null unique,
  record_schema text not null unique,
  standard_application_id uuid not null,
  custom_application_id uuid not null,
  settings jsonb not null default '{}',
  created_at timestamptz not null default now()
);

create table if not exists application (
  id uuid primary key,
  workspace_id uuid not null references workspace on delete cascade,
  universal_identifier text not null,
  name text not null,
  definition jsonb not null default '{}',
  created_at timestamptz not null default now(),
  unique (workspace_id, universal_identifier)
);

create table if not exists api_key (
  id uuid primary key,
  workspace_id uuid not null references workspace on delete cascade,
  name text not null,
  role_id uuid,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table if not exists object_metadata (
  id uuid primary key,
  workspace_id uuid not null references workspace on delete cascade,
  name_singular text not null,
  name_plural text not null,
  universal_identifier text not null,
  definition jsonb not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  sequence bigint generated always as identity,
  unique (workspace_id, name_singular),
  unique (workspace_id, name_plural),
  unique (workspace_id, universal_identifier)
);

create table if not exists field_metadata (
  id uuid primary key,
  object_metadata_id uuid not null references object_metadata on delete cascade,
  name text not null,
  universal_identifier text not null,
  definition jsonb not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  sequence bigint generated always as identity,
  unique (object_metadata_id, name)
);

create table if not exists index_metadata (
  id uuid primary key,
  object_metadata_id uuid not null references object_metadata on delete cascade,
  universal_identifier text not null,
  definition jsonb not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  sequence bigint generated always as identity
);

create table if not exists webhook (
  id uuid primary key,
  workspace_id uuid not null references workspace on delete cascade,
  application_id uuid not null,
  target_url text not null,
  operations text[] not null,
  description text,
  secret text not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
