-- By which the server knows a message wherever it lies in the mailbox, where it does.
alter table mail_placement add column email_id text;

create index mail_placement_email_id on mail_placement (tenant_id, mailbox_id, email_id) where email_id is not null;
