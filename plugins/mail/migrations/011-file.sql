-- What was decided about a mail that came: one row for each, whatever number of our mailboxes it lies in.
create table mail_filing (
  tenant_id uuid not null references tenant (id) on delete cascade,
  message_id uuid not null,
  mailbox_id uuid not null,
  outcome text not null check (outcome in (
    'case-opened', 'joined', 'reopened', 'followed-up', 'needs-a-look', 'kept', 'own', 'bounce', 'report', 'rejected'
  )),
  case_id uuid,
  related_case_id uuid,
  person_id uuid,
  company_id uuid,
  sender_check text not null check (sender_check in ('VERIFIED', 'UNVERIFIED', 'SETTLED', 'REJECTED')),
  -- Whether it is in the CRM as a caseMessage.
  is_shown boolean not null,
  is_quiet boolean not null,
  direction text not null check (direction in ('INBOUND', 'OUTBOUND')),
  why text not null,
  -- Why it answers nothing by itself, where the sender wrote too much.
  flood text not null default '',
  happened_at timestamptz not null,
  filed_at timestamptz not null default now(),
  settled_by uuid,
  settled_at timestamptz,
  primary key (tenant_id, message_id)
);

create index mail_filing_case on mail_filing (tenant_id, case_id, happened_at desc);
create index mail_filing_open on mail_filing (tenant_id, happened_at) where outcome = 'needs-a-look';
create index mail_filing_flood on mail_filing (tenant_id, filed_at) where flood <> '';

-- Who takes part in a case by mail. Lower case.
create table mail_participant (
  tenant_id uuid not null references tenant (id) on delete cascade,
  case_id uuid not null,
  address text not null,
  primary key (tenant_id, case_id, address)
);

-- Who wrote to which mailbox lately, for the caps that end loops. Removed after a day.
create table mail_arrival (
  tenant_id uuid not null references tenant (id) on delete cascade,
  message_id uuid not null,
  mailbox_id uuid not null,
  address text not null,
  domain text not null,
  at timestamptz not null,
  primary key (tenant_id, message_id, mailbox_id)
);

create index mail_arrival_address on mail_arrival (tenant_id, mailbox_id, address, at);
create index mail_arrival_domain on mail_arrival (tenant_id, mailbox_id, domain, at);
create index mail_arrival_age on mail_arrival (tenant_id, at);

-- Acknowledgements that were sent: one for a case, one for an address in a day.
create table mail_acknowledgement (
  tenant_id uuid not null references tenant (id) on delete cascade,
  case_id uuid not null,
  mailbox_id uuid not null,
  address text not null,
  at timestamptz not null,
  primary key (tenant_id, case_id)
);

create index mail_acknowledgement_address on mail_acknowledgement (tenant_id, address, at);
create index mail_acknowledgement_mailbox on mail_acknowledgement (tenant_id, mailbox_id, at);
