import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { pino } from 'pino';
import { z } from 'zod';
import { definePlugin, defineTopic, UnauthorizedError } from '../../contract/index.ts';
import { liveRoute } from '../../http/live.ts';
import { problemHandler } from '../../http/problem.ts';
import { collectTopics, type Live, startLive } from '../../live/index.ts';
import type { LiveTiming } from '../../live/timing.ts';
import type { Database } from '../../store/database.ts';

export const rings = defineTopic('rings', z.object({ from: z.string(), step: z.number().default(0) }), {
  object: 'phoneCall',
});
export const notices = defineTopic('notices', z.object({ text: z.string() }));

/** Of the CRM it shows a person. `looks` tells how often it was worked out what a role sees. */
export const visits = defineTopic('visits', z.object({ person: z.string(), at: z.string() }), {
  show: (visit, { sees }) => {
    looks.count += 1;
    return sees('person', 'name') ? visit : { ...visit, person: '' };
  },
});
export const looks = { count: 0 };

export const desk = definePlugin({
  id: 'desk',
  contract: 1,
  name: 'Desk',
  summary: 'Shows who rings.',
  config: z.object({}),
  topics: [rings, notices, visits],
  check: async () => [{ name: 'Desk', state: 'ok', detail: 'It stands.' }],
});

export const topics = collectTopics([desk]);

/** `TENANT MEMBER OBJECT,OBJECT`: who calls, and what the member may read. */
export type Credentials = `${string} ${string} ${string}`;

export interface Web {
  readonly url: string;
  readonly live: Live;
  /** Tokens that are not believed any more, or of which nobody can tell. */
  readonly revoked: Map<string, Error>;
  /** Tokens of members whose role may read nothing any more. */
  readonly demoted: Set<string>;
  /** How often it was asked who somebody is. */
  readonly asked: () => number;
  readonly close: () => Promise<void>;
}

interface WebOptions {
  readonly database: Database;
  readonly timing?: Partial<LiveTiming>;
  readonly now?: () => number;
  readonly port?: number;
}

/** A web process of the hub, reduced to the live feed; members are known by what they say of themselves. */
export async function startWeb({ database, timing = {}, now = Date.now, port = 0 }: WebOptions): Promise<Web> {
  const log = pino({ level: 'silent' });
  const live = await startLive({ database, topics, log, clock: { now }, timing: { tick: 10, ...timing } });
  const revoked = new Map<string, Error>();
  const demoted = new Set<string>();
  let asked = 0;
  const app = express();
  app.use(
    '/live/v1',
    liveRoute(live, async ({ headers }) => {
      const token = headers.authorization?.slice('Bearer '.length) ?? '';
      asked += 1;
      const problem = revoked.get(token);
      if (problem !== undefined) throw problem;
      const [tenantId, memberId, objects] = token.split(' ');
      if (tenantId === undefined || memberId === undefined) throw new UnauthorizedError('Who is there?');
      return {
        tenantId,
        memberId,
        rights: `${objects} ${demoted.has(token)}`,
        sees: (object) => !demoted.has(token) && objects?.split(',').includes(object) === true,
      };
    }),
  );
  app.use(problemHandler(log));
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/live/v1`,
    live,
    revoked,
    demoted,
    asked: () => asked,
    async close() {
      await live.close();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}
