import { createHash } from 'node:crypto';
import { job, sameSecret, type Webhook } from '@switchboard/core/contract';
import { copyTicketJob } from '../jobs/copy-ticket.ts';
import { readNotice } from '../schema.ts';
import type { Context } from '../services.ts';

/** Acme tells that a ticket was changed, not what it holds now: the job reads that. */
export const ticketChanged: Webhook<Context> = {
  name: 'ticket',
  path: '/ticket',
  verify: ({ config }, { headers }) => sameSecret(headers['x-acme-secret'], config.webhookSecret),
  deliveryKey: ({ body }) => createHash('sha256').update(body).digest('hex'),
  async receive(context, { request }) {
    const { ticketId, changedAt } = readNotice(request.body);
    await context.commit({ jobs: [job(copyTicketJob, { ticketId }, `${ticketId}/${changedAt}`)] });
  },
};
