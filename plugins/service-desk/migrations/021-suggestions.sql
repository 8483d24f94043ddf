-- What is known of folders, cases and calls for finding those that belong together.
create table service_desk_trait (
  tenant_id uuid not null references tenant (id) on delete cascade,
  object text not null check (object in ('malfunction', 'serviceCase', 'phoneCall')),
  id uuid not null,
  -- Of a folder its own id.
  folder_id uuid,
  -- live: in a folder that is open; loose: open, in no folder; past: neither.
  state text not null check (state in ('live', 'loose', 'past')),
  company_id uuid,
  location_id uuid,
  lat double precision,
  lng double precision,
  -- A square of the map, some kilometres wide.
  cell text,
  postcode text not null default '',
  city text not null default '',
  asset_kind text not null default '',
  at timestamptz not null,
  -- Hashes of groups of three letters, sorted.
  grams integer[] not null default '{}',
  primary key (tenant_id, object, id)
);
create index service_desk_trait_location on service_desk_trait (tenant_id, location_id, state, at desc);
create index service_desk_trait_company on service_desk_trait (tenant_id, company_id, state, at desc);
create index service_desk_trait_cell on service_desk_trait (tenant_id, cell, state, at desc);
create index service_desk_trait_city on service_desk_trait (tenant_id, city, state, at desc) where city <> '';
create index service_desk_trait_folder on service_desk_trait (tenant_id, folder_id, at desc) where folder_id is not null;
create index service_desk_trait_live on service_desk_trait using gin (grams) where state = 'live';
create index service_desk_trait_loose on service_desk_trait using gin (grams) where state = 'loose';

-- In how many texts a group of letters stands: what stands in many says nothing. Only those that stand in several are kept.
create table service_desk_gram (
  tenant_id uuid not null references tenant (id) on delete cascade,
  gram integer not null,
  texts integer not null,
  primary key (tenant_id, gram)
);

-- How far the traits have come, and what the tenant has taught.
create table service_desk_suggesting (
  tenant_id uuid primary key references tenant (id) on delete cascade,
  weights jsonb not null default '{}',
  decisions integer not null default 0,
  texts integer not null default 0,
  -- Lines of the journal up to here are in the traits.
  read_until timestamptz not null default '-infinity'
);

-- Suggestions that somebody followed or turned down. One decision per pair: it teaches once.
create table service_desk_decision (
  tenant_id uuid not null references tenant (id) on delete cascade,
  record_id uuid not null,
  folder_id uuid not null,
  object text not null,
  is_accepted boolean not null,
  score real not null,
  features jsonb not null,
  at timestamptz not null,
  member_id uuid not null,
  primary key (tenant_id, record_id, folder_id)
);

create index service_desk_entry_at on service_desk_entry (tenant_id, at);
