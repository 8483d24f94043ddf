import { definePlugin } from '@switchboard/core/contract';
import { check } from './check.ts';
import { config } from './config.ts';
import { jobs } from './jobs/index.ts';
import { closeServices, createServices, type Services } from './services.ts';
import { start } from './start.ts';

export const plugin = definePlugin<typeof config, Services>({
  id: 'mail',
  contract: 1,
  name: 'Mail',
  summary: 'Reads mailboxes over IMAP, files every mail to its case, and sends mail about cases.',
  config,
  migrations: new URL('./migrations/', import.meta.url),
  setup: createServices,
  jobs,
  check,
  start,
  stop: closeServices,
});
