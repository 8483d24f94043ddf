import { describe, expect, test } from '@jest/globals';
import { callEnded } from '@switchboard/core/contract';
import { fc } from '@switchboard/testing/property';
import { createSightings } from '../../sightings.ts';
import { fakeContext, type FakeContext } from '../fake-context.ts';
import { rows } from '../fixtures.ts';
import { scenarios } from './scenarios.ts';
import { runWaiting, type Telling, tellings } from './tell.ts';

/** The scenario table: whatever 3CX tells, in whatever order and however often, is one complete record per real call. */

type RecordFields = Record<string, unknown>;

function calls({ records }: FakeContext): RecordFields[] {
  return [...records.values()]
    .filter(({ object }) => object === 'phoneCall')
    .toSorted((one, other) => (String(one['startedAt']) < String(other['startedAt']) ? -1 : 1));
}

async function after(told: readonly Telling[]): Promise<FakeContext> {
  const context = fakeContext(rows);
  // All channels are at work.
  const heard = createSightings(context.store, context.clock);
  await heard.note('live');
  await heard.note('ledger');
  for (const { tell } of told) await tell(context);
  await runWaiting(context);
  return context;
}

/** What was told last of each call: what is known too early may be corrected. */
function announced({ events }: FakeContext): Map<unknown, unknown> {
  const ended = [...events.values()].filter(({ type }) => type === callEnded);
  return new Map(
    ended.map(({ payload }) => payload as Record<string, unknown>).map((one) => [one['callId'], one['outcome']]),
  );
}

/** Emptied fields count as never written. */
function content(record: RecordFields): RecordFields {
  const { id: _id, externalKey: _key, ...rest } = record;
  return Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== null && value !== ''));
}

describe.each(scenarios.map((scenario) => [scenario.name, scenario] as const))('%s', (_, scenario) => {
  test('told by all channels as it happens', async () => {
    const found = calls(await after(tellings(scenario)));
    expect(found).toHaveLength(scenario.records.length);
    for (const [index, expected] of scenario.records.entries()) {
      const absent = Object.fromEntries(Object.keys(expected).map((name) => [name, undefined]));
      expect({ ...absent, ...content(found[index] ?? {}) }).toMatchObject(expected);
    }
  });

  test('told in any order and several times', async () => {
    const all = tellings(scenario);
    const orderly = calls(await after(all)).map(content);
    const order = fc
      .tuple(fc.shuffledSubarray(all, { minLength: all.length }), fc.array(fc.constantFrom(...all), { maxLength: 4 }))
      .chain(([once, again]) => fc.shuffledSubarray([...once, ...again], { minLength: all.length + again.length }));
    await fc.assert(
      fc.asyncProperty(order, async (told) => {
        const context = await after(told);
        expect(calls(context).map(content)).toEqual(orderly);
        expect(announced(context)).toEqual(new Map(calls(context).map(({ id, outcome }) => [id, outcome])));
      }),
      { numRuns: 40 },
    );
  });
});
