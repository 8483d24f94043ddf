-- Why a message could not be read, as a word for which there are texts; '' for what is no such reason.
alter table mail_message add column problem_code text not null default '';
-- Set aside, and then discarded by somebody: kept for a while, and taken back until then.
alter table mail_message add column discarded_at timestamptz;
alter table mail_message add column discarded_by text not null default '';
alter table mail_message add column discard_reason text not null default '';
-- Its bytes are removed. The row stays, or the mail would come again with the next look into its mailbox.
alter table mail_message add column swept_at timestamptz;

update mail_message set problem_code = case problem
    when 'The message takes too long to be read.' then 'mail.takes-too-long'
    when 'The message is too large to be read.' then 'mail.too-large'
    else 'mail.unreadable'
  end
  where state = 'unreadable';

drop index mail_message_unreadable;
create index mail_message_unreadable on mail_message (tenant_id, received_at desc)
  where state = 'unreadable' and discarded_at is null;
create index mail_message_discarded on mail_message (tenant_id, discarded_at)
  where state = 'unreadable' and discarded_at is not null and swept_at is null;
