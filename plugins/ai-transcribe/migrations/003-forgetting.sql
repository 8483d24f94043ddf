-- Texts are deleted after the days of the tenant, and at a person's wish; that there was one stays.
alter table ai_transcribe_transcript drop constraint ai_transcribe_transcript_state_check;
alter table ai_transcribe_transcript add constraint ai_transcribe_transcript_state_check
  check (state in ('waiting', 'working', 'ready', 'silent', 'refused', 'failed', 'deleted'));

create index ai_transcribe_transcript_age on ai_transcribe_transcript (tenant_id, started_at) where state <> 'deleted';

-- Everything that a person said is to be deleted: who wanted it, and how far it is.
create table ai_transcribe_erasure (
  tenant_id uuid not null references tenant (id) on delete cascade,
  id uuid not null,
  person_id uuid not null,
  wanted_by text not null,
  wanted_at timestamptz not null default now(),
  -- Calls that were found, and of them those that are done.
  calls integer not null default 0,
  done integer not null default 0,
  -- All calls have been looked through.
  is_searched boolean not null default false,
  primary key (tenant_id, id)
);

create index ai_transcribe_erasure_person on ai_transcribe_erasure (tenant_id, person_id, wanted_at desc);
