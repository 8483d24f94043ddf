-- What the hub itself found out about who sent a mail that came. A row once it is known, or once it is certain that it will not be.
create table mail_authentication (
  tenant_id uuid not null references tenant (id) on delete cascade,
  message_id uuid not null,
  -- not-checked: nobody answered for a day, or it cannot be checked; see `reason`.
  state text not null check (state in ('checked', 'not-checked')),
  reason text not null default '' check (reason in ('', 'no-answer', 'too-large', 'not-readable')),
  -- Of the author; '' where there is none, or more than one.
  domain text not null default '',
  -- What the domain asks to be done with mail that does not prove to be its own; '' where it says nothing.
  policy text not null default '' check (policy in ('', 'none', 'quarantine', 'reject')),
  spf text not null default 'none',
  dkim text not null default 'none',
  dmarc text not null default 'none',
  aligned boolean not null default false,
  checked_at timestamptz not null,
  primary key (tenant_id, message_id),
  foreign key (tenant_id, message_id) references mail_message (tenant_id, id) on delete cascade
);
