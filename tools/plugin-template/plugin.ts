import { definePlugin } from '@switchboard/core/contract';
import { check } from './check.ts';
import { config } from './config.ts';
import { copyTicket } from './jobs/copy-ticket.ts';
import { mirrors } from './mirrors.ts';
import { createServices, type Services } from './services.ts';
import { texts } from './texts.ts';
import { ticketChanged } from './webhooks/ticket-changed.ts';

export const plugin = definePlugin<typeof config, Services>({
  id: 'acme',
  contract: 1,
  name: 'Acme',
  summary: "Copies Acme's tickets to cases in the CRM.",
  config,
  texts,
  mirrors,
  setup: createServices,
  webhooks: [ticketChanged],
  jobs: [copyTicket],
  check,
});
