-- Notes of a case; the conditions are those of core/crm/mirror/newest.ts.
create index crm_record_notes_of_case on crm_record
  (tenant_id, (data ->> 'serviceCaseId'), (data ->> 'occurredAt') desc nulls last)
  where object = 'caseEntry' and deleted_at is null and data ->> 'kind' = 'NOTE' and data ->> 'serviceCaseId' is not null;
