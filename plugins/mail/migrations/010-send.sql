-- What a person, another plugin or the hub asked to be sent. The same key again is the same request.
create table mail_request (
  tenant_id uuid not null references tenant (id) on delete cascade,
  key text not null,
  -- The author; null is the hub itself.
  author_id uuid,
  -- What was asked, as a hash: one key for two different requests is a mistake of the caller.
  hash text not null,
  answer jsonb not null,
  created_at timestamptz not null default now(),
  primary key (tenant_id, key)
);

-- One mail of ours to one case. Its text stands here, its bytes as they were handed to the server in the hub's files.
create table mail_outgoing (
  tenant_id uuid not null references tenant (id) on delete cascade,
  id uuid not null,
  request_key text not null,
  mailbox_id uuid not null,
  -- The author; null is the hub itself.
  author_id uuid,
  author_name text not null default '',
  automatic text not null default 'no' check (automatic in ('no', 'auto-replied', 'auto-generated')),
  case_id uuid,
  malfunction_id uuid,
  person_id uuid,
  company_id uuid,
  -- {from, to, cc, bcc} of {name, address}
  people jsonb not null,
  subject text not null,
  text text not null,
  html text not null default '',
  -- {file, name, mimeType, bytes}
  attachments jsonb not null default '[]',
  -- Without <>, domain in lower case; `server_message_id` is what the server made of it.
  message_id text not null,
  server_message_id text not null default '',
  in_reply_to text not null default '',
  reference_ids text[] not null default '{}',
  -- waiting: can be taken back. going: transmissions tell. done: nothing is left to do. undone: taken back.
  state text not null default 'waiting' check (state in ('waiting', 'going', 'done', 'undone')),
  go_at timestamptz not null,
  raw_file text,
  raw_bytes integer,
  -- The copy in the folder Sent.
  copy_state text not null default 'none' check (copy_state in ('none', 'wanted', 'there', 'by-provider', 'failed')),
  copy_detail text not null default '',
  created_at timestamptz not null default now(),
  primary key (tenant_id, id)
);

create index mail_outgoing_author on mail_outgoing (tenant_id, author_id, created_at desc);
create index mail_outgoing_case on mail_outgoing (tenant_id, case_id, created_at desc);
create index mail_outgoing_request on mail_outgoing (tenant_id, request_key);
create index mail_outgoing_message_id on mail_outgoing (tenant_id, message_id);
create index mail_outgoing_server_id on mail_outgoing (tenant_id, server_message_id) where server_message_id <> '';
create index mail_outgoing_newest on mail_outgoing (tenant_id, created_at desc);

-- One mail to one recipient: goes out at most once, whatever crashes.
create table mail_transmission (
  tenant_id uuid not null references tenant (id) on delete cascade,
  outgoing_id uuid not null,
  -- Lower case; as it is written in `mail_outgoing.people`.
  address text not null,
  role text not null check (role in ('to', 'cc', 'bcc')),
  -- sending: the end of the message is about to be handed over. unknown: it was, and the answer never came; a person decides.
  state text not null default 'queued' check (state in ('queued', 'sending', 'accepted', 'failed', 'unknown', 'undone')),
  tries integer not null default 0,
  -- Who handed it over last: only that run may say what came of it, except that an acceptance always counts.
  run text not null default '',
  code text not null default '',
  answer text not null default '',
  changed_at timestamptz not null default now(),
  bounced_at timestamptz,
  bounce_reason text not null default '',
  primary key (tenant_id, outgoing_id, address),
  foreign key (tenant_id, outgoing_id) references mail_outgoing (tenant_id, id) on delete cascade
);

create index mail_transmission_address on mail_transmission (tenant_id, address, changed_at desc);
create index mail_transmission_unknown on mail_transmission (tenant_id, changed_at) where state = 'unknown';

-- When a mailbox may hand over its next mail, for servers that count.
create table mail_pace (
  tenant_id uuid not null references tenant (id) on delete cascade,
  mailbox_id uuid not null,
  next_at timestamptz not null,
  primary key (tenant_id, mailbox_id)
);

-- Addresses that mail does not reach, or whose owners want none.
create table mail_address_state (
  tenant_id uuid not null references tenant (id) on delete cascade,
  address text not null,
  state text not null check (state in ('failing', 'unreachable', 'do-not-mail')),
  reason text not null,
  code text not null default '',
  first_at timestamptz not null,
  last_at timestamptz not null,
  primary key (tenant_id, address)
);
