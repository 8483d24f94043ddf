-- How many jobs of a tenant gave up is shown on every page of its administrators.
create index job_dead_of_tenant on job (tenant_id) where state = 'dead';
