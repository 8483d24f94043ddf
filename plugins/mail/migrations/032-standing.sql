-- What lies about in a mailbox is counted whenever its list is looked at: few rows of very many.
create index mail_outgoing_copy_failed on mail_outgoing (tenant_id, mailbox_id) where copy_state = 'failed';
create index mail_placement_given_up on mail_placement (tenant_id, mailbox_id) where message_id is null and retry_at is null;
