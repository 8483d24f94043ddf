-- Calls by number, of an agent, and those that nobody has followed up; the conditions are those of core/crm/mirror/newest.ts.
create index crm_record_calls_of_number on crm_record
  (tenant_id, ((data ->> 'phoneNumber') collate "C"), (data ->> 'startedAt') desc nulls last)
  where object = 'phoneCall' and deleted_at is null;
create index crm_record_calls_of_agent on crm_record
  (tenant_id, (data ->> 'agentId'), (data ->> 'startedAt') desc nulls last)
  where object = 'phoneCall' and deleted_at is null and data ->> 'agentId' is not null;
create index crm_record_calls_missed on crm_record (tenant_id, (data ->> 'startedAt') desc nulls last)
  where object = 'phoneCall' and deleted_at is null and data ->> 'outcome' = 'MISSED'
    and nullif(data ->> 'followedUpAt', '') is null;

-- Open cases of an agent, and messages of a case.
create index crm_record_cases_of_assignee on crm_record (tenant_id, (data ->> 'assigneeId'))
  where object = 'serviceCase' and deleted_at is null and data ->> 'assigneeId' is not null
    and coalesce(data ->> 'status', '') not in ('RESOLVED', 'CLOSED', 'CANCELLED');
create index crm_record_messages_of_case on crm_record
  (tenant_id, (data ->> 'serviceCaseId'), (data ->> 'occurredAt') desc nulls last)
  where object = 'caseMessage' and deleted_at is null and data ->> 'serviceCaseId' is not null;

-- Numbers by their end.
create index crm_key_phone_end on crm_key (tenant_id, reverse(value)) where kind = 'phone';
