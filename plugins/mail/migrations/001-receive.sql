-- A mailbox that is read and sent from. Passwords and grants are in the vault, never here.
create table mail_mailbox (
  tenant_id uuid not null references tenant (id) on delete cascade,
  id uuid not null,
  kind text not null check (kind in ('desk', 'member')),
  -- The workspace member whose own it is.
  owner_member_id uuid,
  name text not null,
  -- Lower case.
  address text not null,
  auth text not null check (auth in ('password', 'google', 'microsoft')),
  -- {imap, smtp, horizonDays, folders}; see mailboxes/settings.ts
  settings jsonb not null,
  -- How mail is filed and sent; see mailbox-rules.ts
  rules jsonb not null default '{}',
  -- needs-authorisation: somebody has to sign in with the provider, or enter a password.
  state text not null check (state in ('active', 'paused', 'needs-authorisation')),
  state_reason text not null default '',
  -- Names the sign-in whose tokens are in the vault; a new sign-in is a new grant, so that two never overwrite each other.
  grant_id uuid,
  -- Mail that was received before is history: read, but it opens nothing and is told to nobody.
  live_from timestamptz not null,
  -- Of the last pass over all folders that came to its end.
  last_success_at timestamptz,
  last_error text not null default '',
  last_remedy text not null default '',
  last_error_at timestamptz,
  -- When it was told that nothing is heard of this mailbox; null while all is well.
  silent_since timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, address),
  check ((kind = 'member') = (owner_member_id is not null))
);

-- How far a folder is read. New mail goes up from `next_uid`; what was there before goes down from `past_uid`, newest first.
create table mail_folder (
  tenant_id uuid not null references tenant (id) on delete cascade,
  mailbox_id uuid not null,
  id uuid not null,
  path text not null,
  role text not null check (role in ('inbox', 'sent', 'other')),
  uid_validity bigint not null,
  next_uid bigint not null,
  -- What lies below is still to be read; 1 when nothing is left.
  past_uid bigint not null,
  -- Mail from before is left where it is.
  horizon timestamptz not null,
  -- Received before: history. After a reset the last success of the mailbox.
  live_from timestamptz not null,
  resets integer not null default 0,
  last_success_at timestamptz,
  primary key (tenant_id, mailbox_id, id),
  unique (tenant_id, mailbox_id, path),
  foreign key (tenant_id, mailbox_id) references mail_mailbox (tenant_id, id) on delete cascade
);

-- A message, once per tenant whatever number of mailboxes and folders it lies in. Its id follows from what it is, see receive/identity.ts.
create table mail_message (
  tenant_id uuid not null references tenant (id) on delete cascade,
  id uuid not null,
  -- unreadable: kept raw, a person looks. oversize: header fields and text only, the rest is in the mailbox.
  state text not null check (state in ('ready', 'unreadable', 'oversize')),
  -- Why it could not be read, or what was left out; for an admin.
  problem text not null default '',
  -- Normalised; '' when there is none.
  message_id text not null,
  subject text not null,
  -- Lower case.
  from_address text not null,
  from_name text not null,
  -- As the header says; null when it says nothing that can be read.
  sent_at timestamptz,
  -- When the server of the mailbox took it.
  received_at timestamptz not null,
  verdict text not null check (verdict in ('own', 'bounce', 'report', 'auto-reply', 'bulk', 'human')),
  -- Read from the folder Sent: written by whoever owns the mailbox.
  is_outgoing boolean not null,
  is_history boolean not null,
  -- On the server.
  bytes bigint not null,
  attachments integer not null,
  -- As receive/columns.ts has it.
  understood jsonb not null,
  text text not null,
  reply_text text not null,
  html text not null,
  -- The mailbox where it was seen first.
  mailbox_id uuid not null,
  -- The bytes as they came: `mail_source`, or a file of the hub's store.
  source_file text,
  created_at timestamptz not null default now(),
  primary key (tenant_id, id)
);

create index mail_message_message_id on mail_message (tenant_id, message_id) where message_id <> '';
create index mail_message_received on mail_message (tenant_id, received_at desc);
create index mail_message_unreadable on mail_message (tenant_id, received_at desc) where state = 'unreadable';

-- The bytes of a message, where they are few enough for a row. Compressed, see receive/source.ts.
create table mail_source (
  tenant_id uuid not null references tenant (id) on delete cascade,
  message_id uuid not null,
  bytes bytea not null,
  primary key (tenant_id, message_id),
  foreign key (tenant_id, message_id) references mail_message (tenant_id, id) on delete cascade
);
-- They are compressed already.
alter table mail_source alter column bytes set storage external;

-- Where a message lies, or lay: also what keeps it from coming twice.
create table mail_placement (
  tenant_id uuid not null references tenant (id) on delete cascade,
  mailbox_id uuid not null,
  folder_id uuid not null,
  uid_validity bigint not null,
  uid bigint not null,
  -- Null while the server has announced a message that it does not hand out.
  message_id uuid,
  bytes bigint not null,
  received_at timestamptz not null,
  -- Of a message that was not handed out: how often it was asked for, and when next. Null: no more.
  tries integer not null default 0,
  retry_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (tenant_id, mailbox_id, folder_id, uid_validity, uid),
  foreign key (tenant_id, mailbox_id, folder_id) references mail_folder (tenant_id, mailbox_id, id) on delete cascade,
  foreign key (tenant_id, message_id) references mail_message (tenant_id, id) on delete cascade
);

create index mail_placement_message on mail_placement (tenant_id, message_id);
-- Mail that was moved comes again under another uid.
create index mail_placement_alike on mail_placement (tenant_id, mailbox_id, received_at, bytes);
create index mail_placement_missing on mail_placement (tenant_id, mailbox_id, retry_at) where retry_at is not null;

-- Which messages name which: both ways, because an answer may come before what it answers.
create table mail_reference (
  tenant_id uuid not null references tenant (id) on delete cascade,
  -- The id that is named, normalised.
  named text not null,
  message_id uuid not null,
  primary key (tenant_id, named, message_id),
  foreign key (tenant_id, message_id) references mail_message (tenant_id, id) on delete cascade
);
create index mail_reference_message on mail_reference (tenant_id, message_id);
