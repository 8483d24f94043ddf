-- Files that came with mails, each content once for a tenant whatever number of mails carry it. What is shorter than a few lines stays in the source.
create table mail_file (
  tenant_id uuid not null references tenant (id) on delete cascade,
  -- SHA-256 of the bytes, hexadecimal.
  id text not null,
  -- Compressed, see receive/pack.ts; null where they are too many for a row: then the hub's files hold them under the same id.
  bytes bytea,
  primary key (tenant_id, id)
);
-- They are compressed already.
alter table mail_file alter column bytes set storage external;

-- Which mails carry it. What no mail carries any more is removed.
create table mail_file_use (
  tenant_id uuid not null references tenant (id) on delete cascade,
  message_id uuid not null,
  file_id text not null,
  primary key (tenant_id, message_id, file_id),
  foreign key (tenant_id, message_id) references mail_message (tenant_id, id) on delete cascade,
  foreign key (tenant_id, file_id) references mail_file (tenant_id, id)
);
create index mail_file_use_file on mail_file_use (tenant_id, file_id);

-- Where files were taken out of the bytes of a message: [{at, file, lines}], see files/gaps.ts.
alter table mail_source add column gaps jsonb not null default '[]';

-- Whether its files are kept apart from its source, as far as they are worth it. False: stored by an earlier version, and looked at by and by.
alter table mail_message add column files_apart boolean not null default false;
create index mail_message_files_within on mail_message (tenant_id, id)
  where not files_apart and attachments > 0 and state <> 'unreadable';
