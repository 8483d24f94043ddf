-- A tenant's jobs that are not over, page by page and counted: for who looks at what is under way.
create index job_open_of_tenant on job (tenant_id, lane, seq) where state in ('waiting', 'blocked', 'queued', 'running');
