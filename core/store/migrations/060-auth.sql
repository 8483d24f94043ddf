-- Who is a member of a tenant's workspace and with which role, as last read from Twenty. Times are the database's, so that the clocks of
-- several processes do not matter.
create table workspace_roster (
  tenant_id uuid primary key references tenant (id) on delete cascade,
  read_at timestamptz not null
);
create table workspace_role (
  tenant_id uuid not null references tenant (id) on delete cascade,
  id uuid not null,
  -- The universal identifier, which survives a new installation of the app; the id where there is none.
  key text not null,
  label text not null,
  description text not null,
  -- Twenty's own role Admin, which nobody can edit there.
  is_admin boolean not null,
  is_assignable boolean not null,
  primary key (tenant_id, id)
);
create table workspace_member (
  tenant_id uuid not null references tenant (id) on delete cascade,
  id uuid not null,
  role_id uuid not null,
  email text not null,
  name text not null,
  primary key (tenant_id, id)
);

-- What a role may do in the hub where that is not the default.
create table role_permission (
  tenant_id uuid not null references tenant (id) on delete cascade,
  role_key text not null,
  permission text not null,
  granted boolean not null,
  primary key (tenant_id, role_key, permission)
);
create table role_matrix (
  tenant_id uuid primary key references tenant (id) on delete cascade,
  version integer not null
);

create table auth_policy (
  tenant_id uuid primary key references tenant (id) on delete cascade,
  require_two_factor boolean not null default true,
  is_listed boolean not null default false
);

-- Sessions of browsers. Tokens are SHA-256 hashes; without a tenant it is the operator's.
create table auth_session (
  id uuid primary key default gen_random_uuid(),
  tenant_id uuid references tenant (id) on delete cascade,
  member_id uuid,
  user_id uuid,
  locale text,
  token_hash bytea not null unique,
  -- Handed out, not yet seen; it takes over when it is first used.
  next_hash bytea unique,
  next_at timestamptz,
  -- Still good for requests that were on their way.
  previous_hash bytea unique,
  previous_until timestamptz,
  rotated_at timestamptz not null default now(),
  created_at timestamptz not null default now(),
  seen_at timestamptz not null default now(),
  expires_at timestamptz not null,
  ended_at timestamptz,
  end_reason text,
  address text not null,
  user_agent text not null,
  view_role_id uuid,
  view_until timestamptz,
  check ((tenant_id is null) = (member_id is null))
);
create index auth_session_of_member on auth_session (tenant_id, member_id) where ended_at is null;

-- Sign-ins that are under way at Twenty.
create table auth_flow (
  state_hash bytea primary key,
  tenant_id uuid not null references tenant (id) on delete cascade,
  return_to text not null,
  -- Of the member who asked for the deed that is done with the fresh token.
  session_id uuid references auth_session (id) on delete cascade,
  deed jsonb,
  expires_at timestamptz not null
);

create table auth_sign_in (
  id bigint generated always as identity primary key,
  tenant_id uuid not null references tenant (id) on delete cascade,
  at timestamptz not null default now(),
  member_id uuid,
  email text,
  result text not null,
  address text not null,
  user_agent text not null
);
create index auth_sign_in_newest on auth_sign_in (tenant_id, id desc);
-- As the member's own account told at the last sign-in; Twenty shows nobody another member's.
create table auth_two_factor (
  tenant_id uuid not null references tenant (id) on delete cascade,
  member_id uuid not null,
  has_method boolean not null,
  seen_at timestamptz not null,
  primary key (tenant_id, member_id)
);

create table auth_failure (
  key text primary key,
  failures integer not null,
  window_ends_at timestamptz not null
);
create table auth_setup_link (
  token_hash bytea primary key,
  expires_at timestamptz not null,
  used_at timestamptz
);
