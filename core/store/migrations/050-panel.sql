-- Calls of a person, a company, a location or a case, newest first; the conditions are those of core/panel/records.ts.
create index crm_record_calls_of_person on crm_record
  (tenant_id, (data ->> 'personId'), (data ->> 'startedAt') desc nulls last)
  where object = 'phoneCall' and deleted_at is null and data ->> 'personId' is not null;
create index crm_record_calls_of_company on crm_record
  (tenant_id, (data ->> 'companyId'), (data ->> 'startedAt') desc nulls last)
  where object = 'phoneCall' and deleted_at is null and data ->> 'companyId' is not null;
create index crm_record_calls_of_location on crm_record
  (tenant_id, (data ->> 'locationId'), (data ->> 'startedAt') desc nulls last)
  where object = 'phoneCall' and deleted_at is null and data ->> 'locationId' is not null;
create index crm_record_calls_of_case on crm_record
  (tenant_id, (data ->> 'serviceCaseId'), (data ->> 'startedAt') desc nulls last)
  where object = 'phoneCall' and deleted_at is null and data ->> 'serviceCaseId' is not null;

-- Open cases of the same.
create index crm_record_cases_of_person on crm_record (tenant_id, (data ->> 'personId'))
  where object = 'serviceCase' and deleted_at is null and data ->> 'personId' is not null
    and coalesce(data ->> 'status', '') not in ('RESOLVED', 'CLOSED', 'CANCELLED');
create index crm_record_cases_of_company on crm_record (tenant_id, (data ->> 'companyId'))
  where object = 'serviceCase' and deleted_at is null and data ->> 'companyId' is not null
    and coalesce(data ->> 'status', '') not in ('RESOLVED', 'CLOSED', 'CANCELLED');
create index crm_record_cases_of_location on crm_record (tenant_id, (data ->> 'locationId'))
  where object = 'serviceCase' and deleted_at is null and data ->> 'locationId' is not null
    and coalesce(data ->> 'status', '') not in ('RESOLVED', 'CLOSED', 'CANCELLED');
