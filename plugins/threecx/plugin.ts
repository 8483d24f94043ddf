import { callers, definePlugin, offer, recordings, telephony } from '@switchboard/core/contract';
import { createCallers } from './calls/callers.ts';
import { callsTopic } from './calls/live/topic.ts';
import { phoneRequestsTopic } from './calls/phone/requests.ts';
import { createTelephony } from './calls/phone/telephony.ts';
import { check } from './check.ts';
import { config } from './config.ts';
import { events } from './events/index.ts';
import { jobs } from './jobs/index.ts';
import { mirrors } from './mirrors.ts';
import { createRecordings } from './recordings/held.ts';
import { memberRoutes, routes } from './routes/index.ts';
import { schedules } from './schedules.ts';
import { createServices, type Services } from './services.ts';
import { start } from './start.ts';
import { texts } from './texts.ts';
import { reportCall } from './webhooks/report-call.ts';
import { reportChat } from './webhooks/report-chat.ts';

export const plugin = definePlugin<typeof config, Services>({
  id: 'threecx',
  contract: 1,
  name: '3CX',
  summary: 'Shows who rings in 3CX and records every call in the CRM, with person, company and location.',
  config,
  texts,
  mirrors,
  topics: [callsTopic, phoneRequestsTopic],
  setup: createServices,
  jobs,
  webhooks: [reportCall, reportChat],
  routes,
  memberRoutes,
  events,
  capabilities: (context) => [
    offer(telephony, createTelephony(context)),
    offer(callers, createCallers(context)),
    offer(recordings, createRecordings(context)),
  ],
  schedules,
  check,
  start,
});
