import { setTimeout as delay } from 'node:timers/promises';
import { definePlugin, defineTopic, live, type PluginContext } from '@switchboard/core/contract';
import { z } from 'zod';
import { type PopSource, preciseNow, type Ring } from './source.ts';

const DURATION_MS = 3_000;

/** About what an agent is shown of a caller. */
const calls = defineTopic(
  'bench-calls',
  z.object({
    call: z.string(),
    phoneNumber: z.string(),
    caller: z.string(),
    company: z.string(),
    location: z.string(),
    openCases: z.array(z.object({ id: z.string(), title: z.string() })),
  }),
  { object: 'phoneCall' },
);

const openCases = Array.from({ length: 5 }, (_, index) => ({
  id: `00000000-0000-4000-8000-00000000000${index}`,
  title: `The display of machine ${index} stays dark after it was switched on`,
}));

/**
 * Calls that a plugin's live link knows of by itself: measures the hub's own way, from a plugin's commit to the browser.
 *
 * @param members the agents; each call is for the next one
 */
export function createFeedSource(members: readonly string[]): PopSource {
  const context = Promise.withResolvers<PluginContext>();

  async function ring(label: string, member: string): Promise<void> {
    const { commit } = await context.promise;
    const data = {
      call: label,
      phoneNumber: '+442079460123',
      caller: 'Pat Example',
      company: 'Example Ltd',
      location: '1 Example Street',
      openCases,
    };
    await commit({ live: [live(calls, label, data, { members: [member] })] });
    await delay(DURATION_MS);
    await commit({ live: [live(calls, label, undefined)] });
  }

  const plugin = definePlugin({
    id: 'bench-feed',
    contract: 1,
    name: 'Bench',
    summary: 'Shows calls that nobody makes.',
    config: z.object({}),
    topics: [calls],
    check: async () => [{ name: 'Bench', state: 'ok', detail: 'It stands.' }],
    async start(own, signal) {
      context.resolve(own);
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
    },
  });

  return {
    plugin,
    config: {},
    topic: calls.name,
    labelField: 'call',
    async ring(count, perSecond) {
      await context.promise;
      const rings: Ring[] = [];
      const ended: Promise<void>[] = [];
      const startedAt = preciseNow();
      while (rings.length < count) {
        const at = startedAt + (rings.length * 1000) / perSecond;
        await delay(Math.max(0, at - preciseNow()));
        const label = `${Math.round(startedAt)}-${rings.length}`;
        const member = members[rings.length % members.length] ?? '';
        rings.push({ label, at, member });
        ended.push(ring(label, member));
      }
      await Promise.all(ended);
      return rings;
    },
  };
}
