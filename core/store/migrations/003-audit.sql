-- Who changed what. One chain per tenant, and one of the hub itself; a chain outlives its tenant.
create table audit_entry (
  chain text not null,
  sequence bigint not null,
  at timestamptz not null,
  actor text not null,
  action text not null,
  subject text not null,
  details jsonb not null,
  previous_hash text not null,
  hash text not null,
  primary key (chain, sequence)
);
create index audit_entry_at on audit_entry (chain, at);

-- The newest entry of each chain: shows when entries were cut off its end, and is the lock for whoever appends.
create table audit_head (
  chain text primary key,
  sequence bigint not null,
  hash text not null
);

create function refuse_audit_change() returns trigger language plpgsql as $$
begin
  raise exception 'the audit log is append-only';
end
$$;

create trigger audit_entry_append_only
  before update or delete or truncate on audit_entry
  for each statement execute function refuse_audit_change();
