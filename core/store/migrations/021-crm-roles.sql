-- What each role of a tenant's workspace may read, as last read from Twenty. An object that is not listed is not readable.
create table crm_role (
  tenant_id uuid not null references tenant (id) on delete cascade,
  id uuid not null,
  label text not null,
  objects jsonb not null,
  read_at timestamptz not null,
  primary key (tenant_id, id)
);
