import { caseDesk, caseRules, definePlugin, offer } from '@switchboard/core/contract';
import { afterEnd } from './cases/again.ts';
import { check } from './check.ts';
import { config } from './config.ts';
import { dayEvents } from './events/day.ts';
import { events } from './events/index.ts';
import { formRoute } from './form/route.ts';
import { jobs } from './jobs/index.ts';
import { journalPart } from './journal/part.ts';
import { caseWorkTopic } from './live/case-work.ts';
import { dayTopic } from './live/day.ts';
import { folders } from './malfunctions/part.ts';
import { mirrors } from './mirrors.ts';
import { deskMirrors } from './records/mirrors.ts';
import { routes } from './routes/index.ts';
import { schedules } from './schedules.ts';
import { texts } from './texts.ts';

export const plugin = definePlugin({
  id: 'service-desk',
  contract: 1,
  name: 'Service desk',
  summary: 'Numbers cases, opens them from calls, and gives agents a desk of their own.',
  config,
  texts,
  migrations: new URL('./migrations/', import.meta.url),
  mirrors: [...mirrors, ...deskMirrors, ...folders.mirrors],
  topics: [caseWorkTopic, dayTopic, ...folders.topics],
  jobs: [...jobs, ...journalPart.jobs, ...folders.jobs],
  routes: [formRoute],
  memberRoutes: routes,
  capabilities: ({ config: { reopenDays } }) => [
    offer(caseDesk, { door: '/cases' }),
    offer(caseRules, { afterEnd: (serviceCase, at) => afterEnd(serviceCase, at, reopenDays) }),
  ],
  events: [...events, ...dayEvents, ...journalPart.events, ...folders.events],
  schedules: [...schedules, ...journalPart.schedules, ...folders.schedules],
  check,
});
