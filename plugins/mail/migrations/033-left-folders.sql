-- Of an account that the mailbox was before: nothing of it is read any more, and it tells which messages are known.
alter table mail_folder add column left_at timestamptz;

alter table mail_folder drop constraint mail_folder_tenant_id_mailbox_id_path_key;
create unique index mail_folder_path on mail_folder (tenant_id, mailbox_id, path) where left_at is null;
