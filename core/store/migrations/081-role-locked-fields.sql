-- Fields that a role may not write although it may change records of their object, by object; what is written for a member heeds them.
alter table crm_role add column locked jsonb not null default '{}';
