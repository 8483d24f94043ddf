-- What happened at a tenant, by whom and where: one chain of hashes per tenant. A chain outlives its tenant; the words in it do not.
create table journal_entry (
  tenant_id uuid not null,
  sequence bigint not null,
  key text not null,
  kind text not null,
  at timestamptz not null,
  noted_at timestamptz not null,
  source text not null,
  actor_kind text not null,
  actor_id uuid,
  -- Records that it is about, as object/id.
  subjects text[] not null,
  is_recovered boolean not null,
  -- Over the salt and the words, which are kept apart: they can be erased without breaking the chain.
  content_hash text not null,
  previous_hash text not null,
  hash text not null,
  primary key (tenant_id, sequence)
);
create unique index journal_entry_key on journal_entry (tenant_id, key);
create index journal_entry_subjects on journal_entry using gin (subjects);

create table journal_content (
  tenant_id uuid not null references tenant (id) on delete cascade,
  sequence bigint not null,
  salt text,
  content jsonb,
  -- The entry that says so, once it was erased.
  erased_by bigint,
  primary key (tenant_id, sequence),
  check ((content is null) = (erased_by is not null) and (content is null) = (salt is null))
);

-- The newest entry of each chain: shows when entries were cut off its end, and is the lock for whoever appends.
create table journal_head (
  tenant_id uuid primary key,
  sequence bigint not null,
  hash text not null
) with (fillfactor = 50);

create function refuse_journal_change() returns trigger language plpgsql as $$
begin
  raise exception 'the journal is append-only';
end
$$;

create trigger journal_entry_append_only
  before update or delete or truncate on journal_entry
  for each statement execute function refuse_journal_change();

-- Words go in one way only: by an entry that says so, or with their tenant.
create function keep_journal_content() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    if exists (select from tenant where id = old.tenant_id) then raise exception 'the journal is append-only'; end if;
    return old;
  end if;
  if new.content is null and old.content is not null and (new.tenant_id, new.sequence) = (old.tenant_id, old.sequence) then
    return new;
  end if;
  raise exception 'the journal is append-only';
end
$$;

create trigger journal_content_kept
  before update or delete on journal_content
  for each row execute function keep_journal_content();

create trigger journal_content_not_emptied
  before truncate on journal_content
  for each statement execute function refuse_journal_change();

create function keep_journal_head() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and new.tenant_id = old.tenant_id and new.sequence > old.sequence then return new; end if;
  raise exception 'the journal is append-only';
end
$$;

create trigger journal_head_goes_on
  before update or delete on journal_head
  for each row execute function keep_journal_head();
