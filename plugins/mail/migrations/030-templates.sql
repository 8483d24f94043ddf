-- What the people of a workspace write again and again, with fields of the case.
create table mail_template (
  tenant_id uuid not null references tenant (id) on delete cascade,
  id uuid not null,
  name text not null,
  subject text not null,
  text text not null,
  changed_by text not null default '',
  changed_at timestamptz not null default now(),
  primary key (tenant_id, id)
);

create unique index mail_template_name on mail_template (tenant_id, lower(name));
