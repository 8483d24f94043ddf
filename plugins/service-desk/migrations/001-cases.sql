-- The running number of cases. The row is locked while a number is given, so that none is given twice and none is left out.
create table service_desk_counter (
  tenant_id uuid primary key references tenant (id) on delete cascade,
  last_number integer not null
);
