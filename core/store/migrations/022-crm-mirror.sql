-- Whether Twenty's webhooks reach the hub: the last test of the way back, one row per tenant.
create table crm_webhook_test (
  tenant_id uuid primary key references tenant (id) on delete cascade,
  wanted_at timestamptz not null default now(),
  -- Written into our test record in Twenty; its webhook must bring it back.
  token text,
  asked_at timestamptz,
  heard_at timestamptz,
  -- What was wrong with requests at the door meanwhile.
  refusal text,
  outcome text check (outcome in ('arrived', 'lost', 'impossible')),
  cause text,
  ended_at timestamptz
);

-- When the number of records was last compared with Twenty's, which finds what was destroyed.
alter table crm_sync add counted_at timestamptz;
