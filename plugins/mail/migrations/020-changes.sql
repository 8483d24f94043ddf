-- What the server says of the folder as a whole: nothing has changed in it while both stay as they are.
alter table mail_folder
  -- Its last change (CONDSTORE); '' where the server keeps no account.
  add column highest_modseq text not null default '',
  add column messages integer;

-- What mail programs have done with a message there. Null: not looked at yet.
alter table mail_placement
  add column is_seen boolean,
  add column is_answered boolean,
  -- When it was noticed that it lies there no more.
  add column gone_at timestamptz;
