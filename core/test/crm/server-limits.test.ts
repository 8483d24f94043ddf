import { expect, test } from '@jest/globals';
import type { RateLimits } from '@switchboard/sandbox/twenty';
import { waitFor } from '@switchboard/testing';
import { connectTenant, person, runWorker, startWorld } from './harness.ts';

/** A newer server, in small: it counts an application's calls too. */
const newer = { shortMs: 1000, shortTokens: 100, longMs: 2000, longTokens: 100, applicationTokens: 3 };

test.each<[string, RateLimits, object]>([
  ['tells its limit', newer, { limit: { calls: 3, perMs: 2000 }, source: 'told' }],
  [
    'answers 429',
    { ...newer, status429: {} },
    { source: 'guessed', reason: expect.stringMatching(/without a number/) },
  ],
  ['answers 429 with Retry-After', { ...newer, status429: { retryAfter: 1 } }, { source: 'guessed' }],
])(
  'a server that limits applications and %s: everything lands, and the limit is known from then on',
  async (_, limits, known) => {
    const world = await startWorld(limits);
    try {
      const tenant = await connectTenant(world, { mirrors: [] });
      await tenant.installApp();
      const stop = runWorker(tenant.crm);
      await tenant.stage(Array.from({ length: 1600 }, (__, index) => person(index)));
      await tenant.drained();
      expect(await tenant.crm.listParked(tenant.id)).toEqual([]);
      expect(await tenant.api.people()).toHaveLength(1600);
      const learnt = await waitFor('the limit', async () => {
        const application = (await tenant.crm.status(tenant.id)).session?.limits.application;
        return application?.source === 'configured' ? undefined : application;
      });
      expect(learnt).toMatchObject({ ...known, since: expect.any(String) });
      await stop();
      const stopNext = runWorker(tenant.build());
      const remembered = await waitFor('the next session', async () => {
        const { session } = await tenant.crm.status(tenant.id);
        return session?.state === 'running' ? session.limits.application : undefined;
      });
      // What was used is counted by the process that used it.
      expect({ ...remembered, perMinute: [] }).toEqual({ ...learnt, perMinute: [] });
      await stopNext();
    } finally {
      await world.close();
    }
  },
);
