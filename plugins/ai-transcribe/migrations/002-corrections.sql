-- How often people have corrected a line.
alter table ai_transcribe_line add column version integer not null default 0;

-- What a line was before each correction, and who made it.
create table ai_transcribe_correction (
  tenant_id uuid not null references tenant (id) on delete cascade,
  call_id uuid not null,
  recording_id text not null,
  number integer not null,
  -- Of the line after it; 1 is the first.
  version integer not null,
  -- Of version 1: what the engine wrote.
  text_before text not null,
  state_before text not null,
  member_id uuid not null,
  member_name text not null,
  at timestamptz not null,
  primary key (tenant_id, call_id, recording_id, number, version),
  foreign key (tenant_id, call_id, recording_id, number)
    references ai_transcribe_line (tenant_id, call_id, recording_id, number) on delete cascade
);

-- How loud each channel of a recording is from its beginning to its end: one byte per step, one channel after the other.
alter table ai_transcribe_transcript add column waveform bytea;
alter table ai_transcribe_transcript add column channels integer not null default 0;
