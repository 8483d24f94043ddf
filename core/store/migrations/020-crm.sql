-- What was learnt about a tenant's way into Twenty. Address and workspace are in crm_connection, the keys in secret.
create table crm_access (
  tenant_id uuid primary key references tenant (id) on delete cascade,
  -- Our application as installed in that workspace; its token is not bound to the limit of API keys.
  application_id uuid,
  -- What the server's refusals taught us, by kind of credential.
  limits jsonb not null default '{}'
);

-- What the process that holds the tenant's lease last said about itself.
create table crm_session (
  tenant_id uuid primary key references tenant (id) on delete cascade,
  report jsonb not null,
  updated_at timestamptz not null default now()
);

-- Writes that Twenty has not confirmed. `refs` are the ids in relation columns: what they name goes first.
create table crm_outbox (
  seq bigint generated always as identity primary key,
  tenant_id uuid not null references tenant (id) on delete cascade,
  object text not null,
  record_id uuid not null,
  -- True when the id is derived from a key of ours: the record may be new. False: it must exist.
  owned boolean not null,
  fields jsonb not null,
  refs uuid[] not null,
  lane smallint not null check (lane between 0 and 2),
  bytes integer not null,
  state text not null default 'pending' check (state in ('pending', 'parked', 'discarded')),
  -- Set when handed to Twenty: an answer may be on its way, or lost.
  sent_at timestamptz,
  parked_at timestamptz,
  error_code text,
  error_message text,
  remedy text,
  -- The record that has to get through first.
  waits_for uuid,
  staged_at timestamptz not null default now()
) with (fillfactor = 80);
create index crm_outbox_next on crm_outbox (tenant_id, lane, seq) where state = 'pending';
create index crm_outbox_record on crm_outbox (tenant_id, record_id, seq) where state <> 'discarded';
create index crm_outbox_parked on crm_outbox (tenant_id, seq) where state = 'parked';
create index crm_outbox_waiting on crm_outbox (tenant_id, waits_for) where waits_for is not null;

-- Records that Twenty had already under another id than ours.
create table crm_link (
  tenant_id uuid not null references tenant (id) on delete cascade,
  our_id uuid not null,
  object text not null,
  crm_id uuid not null,
  created_at timestamptz not null default now(),
  primary key (tenant_id, our_id)
);

-- The mirror. Of objects that are only written, a row has no fields: it tells that the record exists or was deleted.
create table crm_record (
  tenant_id uuid not null references tenant (id) on delete cascade,
  object text not null,
  id uuid not null,
  data jsonb not null,
  changed_at timestamptz not null,
  deleted_at timestamptz,
  words tsvector,
  primary key (tenant_id, id, object)
);
create index crm_record_object on crm_record (tenant_id, object, id);
create index crm_record_words on crm_record using gin (words) where words is not null;
create index crm_record_data on crm_record using gin (data jsonb_path_ops);

-- Phone numbers (E.164) and e-mail addresses (lower case) of mirrored records.
create table crm_key (
  tenant_id uuid not null,
  kind text not null check (kind in ('phone', 'email')),
  value text not null collate "C",
  object text not null,
  record_id uuid not null,
  primary key (tenant_id, kind, value, record_id, object),
  foreign key (tenant_id, record_id, object) references crm_record (tenant_id, id, object) on delete cascade
);
create index crm_key_record on crm_key (tenant_id, record_id, object);

-- How far the copy of one object has come. `watermark` is Twenty's time up to which changes have been read.
create table crm_sync (
  tenant_id uuid not null references tenant (id) on delete cascade,
  object text not null,
  fingerprint text not null,
  cursor text,
  copied integer not null default 0,
  total integer,
  copied_at timestamptz,
  watermark timestamptz,
  polled_at timestamptz,
  swept_at timestamptz,
  -- Changes that only the poll found, since the last webhook came in.
  missed integer not null default 0,
  heard_at timestamptz,
  primary key (tenant_id, object)
);

-- Webhook deliveries already taken, for as long as their timestamp is accepted.
create table crm_nonce (
  tenant_id uuid not null references tenant (id) on delete cascade,
  nonce text not null,
  seen_at timestamptz not null default now(),
  primary key (tenant_id, nonce)
);
create index crm_nonce_seen on crm_nonce (seen_at);
