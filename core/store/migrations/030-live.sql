-- How far a tenant's live feed has come. Whoever publishes updates this row first and keeps it locked until the commit, so versions are
-- given in the order of commits, and who has read up to a version has missed none before it.
create table live_head (
  tenant_id uuid primary key references tenant (id) on delete cascade,
  version bigint not null,
  -- Removals up to this version are forgotten: who has seen less needs everything anew.
  forgotten bigint not null default 0
) with (fillfactor = 50);

-- What happens now, and for a while what was removed from it.
create table live_item (
  tenant_id uuid not null references tenant (id) on delete cascade,
  topic text not null,
  key text not null collate "C",
  plugin_id text not null,
  -- The JSON null once it is removed.
  data jsonb not null,
  -- The workspace members who may see it; null: everybody who may read the topic.
  members text[],
  -- Whoever may have seen it since it is here: they have to be told when it goes. Null: everybody.
  seen_by text[],
  version bigint not null,
  removed_at timestamptz,
  expires_at timestamptz,
  primary key (tenant_id, topic, key)
);
create index live_item_version on live_item (tenant_id, version);
create index live_item_expiry on live_item (expires_at) where removed_at is null and expires_at is not null;
create index live_item_removed on live_item (removed_at) where removed_at is not null;
