-- When a key was set apart from its job: a memory without an end would only grow. After the retention (400 days unless told) a
-- source that repeats something so old is worked on again; where that writes to the CRM, the records' own keys keep it one record.
alter table job_key add kept_at timestamptz not null default now();
create index job_key_kept on job_key (kept_at);
