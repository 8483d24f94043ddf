-- Records that somebody at the desk has changed in the last days, and which fields: what clashes name and suggestions catch up with. What was said
-- and done stands in the hub's journal; the lines in service_desk_entry go there with the next night.
create table service_desk_touch (
  tenant_id uuid not null references tenant (id) on delete cascade,
  id bigint generated always as identity,
  at timestamptz not null,
  case_id uuid,
  malfunction_id uuid,
  call_id uuid,
  member_name text not null,
  fields text[] not null,
  primary key (tenant_id, id)
);
create index service_desk_touch_at on service_desk_touch (tenant_id, at);
create index service_desk_touch_case on service_desk_touch (tenant_id, case_id, at desc) where case_id is not null;
