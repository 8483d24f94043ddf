-- What was told to the CRM of an address that mail does not reach; null: not yet.
alter table mail_address_state add column told_at timestamptz;

create index mail_address_state_untold on mail_address_state (tenant_id) where told_at is null and state = 'unreachable';

-- People of whom the CRM says that mail does not reach them, each with the addresses that it is about.
create table mail_person_mark (
  tenant_id uuid not null references tenant (id) on delete cascade,
  person_id uuid not null,
  address text not null,
  reason text not null,
  since timestamptz not null,
  primary key (tenant_id, person_id, address)
);

create index mail_person_mark_address on mail_person_mark (tenant_id, address);
