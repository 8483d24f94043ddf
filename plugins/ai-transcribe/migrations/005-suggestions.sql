-- What a language model proposes of a text; kept apart from it, and gone with it.
create table ai_transcribe_suggestion (
  tenant_id uuid not null references tenant (id) on delete cascade,
  call_id uuid not null,
  recording_id text not null,
  -- Of the transcript that it was made of.
  run integer not null,
  state text not null check (state in ('ready', 'waiting', 'failed')),
  -- Why it waits or failed: a word.
  reason text not null default '',
  waiting_since timestamptz,
  model text not null default '',
  -- Summary, action points, sentiment, subject, category and malfunction; null unless ready.
  content jsonb,
  -- What a person thinks of it.
  decision text check (decision in ('accepted', 'rejected')),
  decided_by text not null default '',
  decided_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (tenant_id, call_id, recording_id),
  foreign key (tenant_id, call_id, recording_id)
    references ai_transcribe_transcript (tenant_id, call_id, recording_id) on delete cascade
);
