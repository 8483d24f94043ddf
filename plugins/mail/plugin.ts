import { definePlugin, mail, offer } from '@switchboard/core/contract';
import { check } from './check.ts';
import { config } from './config.ts';
import { figures } from './figures.ts';
import { jobs } from './jobs/index.ts';
import { mirrors } from './mirrors.ts';
import { tellOfBounce } from './reach/tell-people.ts';
import { attentionRoutes } from './routes/attention.ts';
import { mailboxRoutes } from './routes/mailboxes.ts';
import { setAsideRoutes } from './routes/set-aside.ts';
import { signedIn } from './routes/signed-in.ts';
import { schedules } from './schedules.ts';
import { asideRoutes } from './see/aside.ts';
import { mailRoutes, mailRoutesForMembers } from './see/routes.ts';
import { createMail } from './send/mail-capability.ts';
import { closeServices, createServices, type Services } from './services.ts';
import { start } from './start.ts';
import { templateRoutes } from './templates/routes.ts';
import { texts } from './texts.ts';

export const plugin = definePlugin<typeof config, Services>({
  id: 'mail',
  contract: 1,
  name: 'Mail',
  summary: 'Reads mailboxes over IMAP, files every mail to its case, and sends mail about cases.',
  config,
  texts,
  migrations: new URL('./migrations/', import.meta.url),
  mirrors,
  setup: createServices,
  jobs,
  routes: [...mailboxRoutes, ...setAsideRoutes, signedIn, ...mailRoutes],
  events: [tellOfBounce],
  memberRoutes: [...mailRoutesForMembers, ...asideRoutes, ...templateRoutes, ...attentionRoutes],
  capabilities: (context) => [offer(mail, createMail(context))],
  schedules,
  figures,
  check,
  start,
  stop: closeServices,
});
