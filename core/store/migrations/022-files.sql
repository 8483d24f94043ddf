-- Bytes that the hub keeps, by their SHA-256. They lie in the blob storage under `location`, which is never used twice.
create table blob (
  tenant_id uuid not null references tenant (id) on delete cascade,
  id text not null,
  bytes bigint not null,
  location text not null unique,
  -- Last time somebody put these bytes: what nobody keeps goes a day later.
  touched_at timestamptz not null default now(),
  primary key (tenant_id, id)
);

-- Who still needs a blob: a plugin, or an upload to the CRM.
create table blob_keep (
  tenant_id uuid not null,
  owner text not null,
  key text not null,
  blob_id text not null,
  keep_until timestamptz,
  primary key (tenant_id, owner, key),
  foreign key (tenant_id, blob_id) references blob (tenant_id, id) on delete cascade
);
create index blob_keep_blob on blob_keep (tenant_id, blob_id);
create index blob_keep_until on blob_keep (keep_until) where keep_until is not null;

-- Files on their way to a record of Twenty.
create table crm_file (
  id uuid primary key,
  tenant_id uuid not null references tenant (id) on delete cascade,
  blob_id text not null,
  bytes bigint not null,
  name text not null,
  -- The record it goes to, by the id of ours or Twenty's.
  object text not null,
  record_id uuid not null,
  -- True when the record is named by a key of ours: it may not be there yet.
  owned boolean not null,
  -- A FILES field of that record; null for an attachment of its own.
  field text,
  lane smallint not null check (lane between 0 and 2),
  state text not null default 'waiting' check (state in ('waiting', 'linked')),
  -- Twenty's id for it, once an upload was begun.
  file_id uuid,
  staged_at timestamptz not null default now(),
  linked_at timestamptz
);
create index crm_file_waiting on crm_file (tenant_id, staged_at) where state = 'waiting';
