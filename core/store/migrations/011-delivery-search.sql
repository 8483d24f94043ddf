-- Words of the log lines: what stands between spaces and signs, letters of any script. `core/deliveries/log.ts` asks with the same expression,
-- letter for letter.
create index delivery_words on delivery using gin (
  to_tsvector('simple'::regconfig, regexp_replace(summary || ' ' || kind, '[ -/:-@\[-`{-~]+', ' ', 'g'))
);
create index delivery_record on delivery (tenant_id, record_id) where record_id is not null;
