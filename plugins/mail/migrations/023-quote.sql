-- The earlier mail below an answer, apart from what its author wrote.
alter table mail_outgoing
  add column quote_text text not null default '',
  add column quote_html text not null default '';
