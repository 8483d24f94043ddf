-- What was said in one recording of a call.
create table ai_transcribe_transcript (
  tenant_id uuid not null references tenant (id) on delete cascade,
  call_id uuid not null,
  -- Of the telephone system.
  recording_id text not null,
  -- In the hub's store; null where only a text of the telephone system is taken over.
  file text,
  mime_type text not null default '',
  started_at timestamptz not null,
  agent_extension text not null default '',
  state text not null default 'waiting' check (state in ('waiting', 'working', 'ready', 'silent', 'refused', 'failed')),
  -- Why it waits, was refused or failed: a word, and a sentence.
  reason text not null default '',
  detail text not null default '',
  -- Since when it waits for an engine.
  waiting_since timestamptz,
  engine text not null default '',
  model text not null default '',
  language text not null default '',
  seconds real not null default 0,
  -- Counts how often it was begun; jobs of an earlier run find another number and end.
  run integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, call_id, recording_id)
);

create index ai_transcribe_transcript_state on ai_transcribe_transcript (tenant_id, state, started_at desc);

-- One part of it, by one side.
create table ai_transcribe_line (
  tenant_id uuid not null references tenant (id) on delete cascade,
  call_id uuid not null,
  recording_id text not null,
  number integer not null,
  channel integer not null default 0,
  speaker text not null check (speaker in ('agent', 'caller', 'unknown')),
  -- From the beginning of the recording; null where the times are not known.
  from_ms integer,
  to_ms integer,
  -- silent: the engine found that nobody says anything; such lines are not shown.
  state text not null default 'open' check (state in ('open', 'clear', 'unclear', 'silent', 'failed')),
  -- Without card and identity numbers; empty unless clear.
  text text not null default '',
  confidence real,
  language text not null default '',
  engine text not null default '',
  words tsvector generated always as (to_tsvector('simple', text)) stored,
  primary key (tenant_id, call_id, recording_id, number),
  foreign key (tenant_id, call_id, recording_id)
    references ai_transcribe_transcript (tenant_id, call_id, recording_id) on delete cascade
);

create index ai_transcribe_line_words on ai_transcribe_line using gin (words);

-- What engines that cost something have cost, counted before a part goes out: what was sent may have been charged.
create table ai_transcribe_usage (
  tenant_id uuid not null references tenant (id) on delete cascade,
  -- The first day of the month, in UTC.
  month date not null,
  engine text not null,
  seconds double precision not null default 0,
  -- Millionths of the currency.
  cost bigint not null default 0,
  primary key (tenant_id, month, engine)
);
