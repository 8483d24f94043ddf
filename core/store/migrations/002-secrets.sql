-- Encrypted values; the form is described in core/secrets/seal.ts.
create table secret (
  tenant_id uuid not null references tenant (id) on delete cascade,
  plugin_id text not null,
  name text not null,
  sealed text not null,
  updated_at timestamptz not null default now(),
  primary key (tenant_id, plugin_id, name)
);
