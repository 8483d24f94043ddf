-- What a month has cost in all, in millionths of the currency: one row, so that what goes out at the same time is counted one after the other.
create table ai_transcribe_spent (
  tenant_id uuid not null references tenant (id) on delete cascade,
  -- The first day of the month, in UTC.
  month date not null,
  cost bigint not null default 0,
  primary key (tenant_id, month)
);

insert into ai_transcribe_spent (tenant_id, month, cost)
  select tenant_id, month, sum(cost) from ai_transcribe_usage group by tenant_id, month;

-- From now on by day, UTC, and of engines that cost nothing as well. What was counted before stands on the first day of its month.
alter table ai_transcribe_usage rename column month to day;
alter table ai_transcribe_usage add column requests integer not null default 0;

-- That an engine could not, and the next one did it.
alter table ai_transcribe_transcript
  add column passed_over text not null default '',
  add column passed_over_reason text not null default '',
  add column passed_over_at timestamptz;

create index ai_transcribe_transcript_changed on ai_transcribe_transcript (tenant_id, state, updated_at desc);
create index ai_transcribe_transcript_passed_over on ai_transcribe_transcript (tenant_id, passed_over_at desc)
  where passed_over_at is not null;
