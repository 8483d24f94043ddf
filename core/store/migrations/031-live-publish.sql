-- Changes a tenant's live feed. One call instead of several statements: whoever publishes next waits until the transaction ends.
-- Changes have the members topic, key, data, members, expires_at; removed ones are { topic, key, removed: true }.
create function publish_live(for_tenant uuid, from_plugin text, changes jsonb) returns void language plpgsql as $$
declare
  base bigint;
begin
  insert into live_head as head (tenant_id, version) values (for_tenant, jsonb_array_length(changes))
    on conflict (tenant_id) do update set version = head.version + excluded.version
    returning version - jsonb_array_length(changes) into base;

  -- A statement of its own, which sees what those have committed for whom the first one waited.
  insert into live_item as present (tenant_id, topic, key, plugin_id, data, members, seen_by, version, expires_at)
    select for_tenant, topic, key, from_plugin, coalesce(data, 'null'), change.members, change.members, base + number, change.expires_at
      from rows from (jsonb_to_recordset(changes)
          as (topic text, key text, data jsonb, members text[], expires_at timestamptz, removed boolean))
        with ordinality as change (topic, key, data, members, expires_at, removed, number)
      where removed is null
    on conflict (tenant_id, topic, key) do update set
      plugin_id = excluded.plugin_id, data = excluded.data, members = excluded.members, version = excluded.version,
      expires_at = excluded.expires_at, removed_at = null,
      seen_by = case when present.seen_by is not null and excluded.members is not null
        then array(select unnest(present.seen_by) union select unnest(excluded.members)) end
    where present.removed_at is not null
      or (present.data, present.members, present.expires_at)
        is distinct from (excluded.data, excluded.members, excluded.expires_at);

  update live_item as present
    set data = 'null', version = base + number, removed_at = now(), expires_at = null
    from rows from (jsonb_to_recordset(changes) as (topic text, key text, removed boolean))
      with ordinality as change (topic, key, removed, number)
    where present.tenant_id = for_tenant and present.topic = change.topic and present.key = change.key
      and removed and removed_at is null;
end
$$;
