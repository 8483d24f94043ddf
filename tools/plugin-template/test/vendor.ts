import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export const settings = { apiKey: 'demo-api-key', webhookSecret: 'demo-webhook-secret' };

export const ticket = { id: 'T-1', subject: 'The door does not close', email: 'Noor@example.com' };

export const headers = { 'x-acme-secret': settings.webhookSecret, 'content-type': 'application/json' };

export const notice = (changedAt: string) => JSON.stringify({ ticketId: ticket.id, changedAt });

/** An Acme with one ticket, on this machine. */
export async function startVendor(): Promise<{ url: string; close: () => Promise<void> }> {
  const server = createServer((request, response) => {
    const isKnown = request.headers.authorization === `Bearer ${settings.apiKey}`;
    response.writeHead(isKnown ? 200 : 401, { 'content-type': 'application/json' });
    response.end(JSON.stringify(request.url?.endsWith(ticket.id) ? ticket : {}));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
