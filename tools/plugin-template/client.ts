import type { HttpClient } from '@switchboard/core/contract';
import type { Config } from './config.ts';
import { readTicket, type Ticket } from './schema.ts';

/** The only file that talks to Acme. Refusals come as the errors of the contract: bad key, wait, try again, never. */
export interface Client {
  readonly ticket: (id: string, signal: AbortSignal) => Promise<Ticket>;
  /** Asks for nothing but an answer. */
  readonly ping: (signal: AbortSignal) => Promise<void>;
}

export function createClient(http: HttpClient, { url, apiKey }: Pick<Config, 'url' | 'apiKey'>): Client {
  const headers = { authorization: `Bearer ${apiKey}` };
  const address = (path: string) => new URL(path, url).href;
  return {
    async ticket(id, signal) {
      const answer = await http(address(`/api/tickets/${encodeURIComponent(id)}`), { headers, signal });
      return readTicket(answer.json());
    },
    async ping(signal) {
      await http(address('/api/tickets?limit=1'), { headers, signal });
    },
  };
}
