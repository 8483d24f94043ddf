create table if not exists signing_key (
  id uuid primary key,
  jwk jsonb not null,
  is_only boolean not null default true unique check (is_only)
);

create table if not exists account (
  id uuid primary key,
  email text not null unique,
  first_name text not null,
  last_name text not null,
  password_hash text not null,
  locale text not null default 'en',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table if not exists role (
  id uuid primary key,
  workspace_id uuid not null references workspace on delete cascade,
  application_id uuid,
  universal_identifier uuid not null,
  definition jsonb not null,
  permission_flags text[] not null default '{}',
  created_at timestamptz not null default now(),
  sequence bigint generated always as identity,
  unique (workspace_id, universal_identifier)
);

create table if not exists object_permission (
  role_id uuid not null references role on delete cascade,
  object_metadata_id uuid not null references object_metadata on delete cascade,
  can_read boolean,
  can_update boolean,
  can_soft_delete boolean,
  can_destroy boolean,
  primary key (role_id, object_metadata_id)
);

create table if not exists field_permission (
  id uuid primary key,
  role_id uuid not null references role on delete cascade,
  object_metadata_id uuid not null references object_metadata on delete cascade,
  field_metadata_id uuid not null references field_metadata on delete cascade,
  can_read boolean,
  can_update boolean,
  unique (role_id, field_metadata_id)
);

create table if not exists membership (
  id uuid primary key,
  workspace_id uuid not null references workspace on delete cascade,
  account_id uuid not null references account on delete cascade,
  workspace_member_id uuid not null,
  role_id uuid not null references role,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (workspace_id, account_id)
);

create table if not exists two_factor_method (
  id uuid primary key,
  membership_id uuid not null unique references membership on delete cascade,
  secret text not null,
  status text not null check (status in ('PENDING', 'VERIFIED'))
);

create table if not exists application_registration (
  id uuid primary key,
  universal_identifier text not null unique,
  owner_workspace_id uuid references workspace on delete set null,
  name text not null,
  client_id uuid not null unique,
  client_secret_hash text,
  redirect_uris text[] not null,
  grant_types text[] not null,
  scopes text[] not null,
  source_type text not null,
  latest_version text,
  package_path text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table if not exists authorization_code (
  code_hash text primary key,
  client_id uuid not null,
  membership_id uuid not null references membership on delete cascade,
  redirect_uri text not null,
  code_challenge text,
  scope text not null,
  expires_at timestamptz not null,
  used_at timestamptz
);

create table if not exists application_entity (
  id uuid primary key,
  workspace_id uuid not null references workspace on delete cascade,
  application_id uuid not null references application on delete cascade,
  kind text not null,
  universal_identifier text not null,
  definition jsonb not null,
  unique (workspace_id, kind, universal_identifier)
);

create table if not exists file (
  id uuid primary key,
  workspace_id uuid not null references workspace on delete cascade,
  folder text not null,
  path text not null,
  mime_type text not null,
  declared_size bigint not null,
  status text not null,
  created_at timestamptz not null default now()
);
alter table file drop constraint if exists file_status_check;
alter table file add constraint file_status_check
  check (status in ('PENDING', 'UPLOADED', 'CONFIRMED', 'ATTACHED', 'DROPPED'));
create index if not exists file_dropped on file (workspace_id) where status = 'DROPPED';
