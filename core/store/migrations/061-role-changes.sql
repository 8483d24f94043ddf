-- What each role may do with records beside reading them, by object; shown to administrators.
alter table crm_role add column changes jsonb not null default '{}';
