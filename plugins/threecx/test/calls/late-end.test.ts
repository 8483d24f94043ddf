import { afterEach, expect, test } from '@jest/globals';
import { waitFor } from '@switchboard/testing';
import { followCalls } from '../../calls/going-calls.ts';
import { rows } from '../fixtures.ts';
import { createWorker } from '../recordings/work.ts';
import { withPbx } from '../with-pbx.ts';

const MINUTE_MS = 60_000;
const opened: { close: () => Promise<unknown> }[] = [];

afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

test('a long call is in the record as soon as it ends, though a later one was the last news of the log', async () => {
  const { pbx, context } = await withPbx(rows, { liveClientId: undefined }, { settings: { speed: 100 } });
  opened.push(pbx);
  const worker = createWorker(context);
  const calls = () => [...context.records.values()].filter(({ object }) => object === 'phoneCall');
  await worker.readLog('recent');
  const long = pbx.play({
    scenario: 'inbound',
    number: '+442079460123',
    agent: '101',
    ringSeconds: 1,
    talkSeconds: 80_000,
  });
  await waitFor('the long call to be answered', () =>
    long
      .calls()[0]
      ?.legs()
      .some(({ status }) => status === 'Connected'),
  );
  await worker.readLog('recent');
  context.advance(50 * MINUTE_MS);
  await pbx.play({ scenario: 'inbound', number: '+31201234567', agent: '102', ringSeconds: 1, talkSeconds: 3 }).done;
  await worker.readLog('recent');
  context.advance(MINUTE_MS);
  await worker.readLog('recent');
  expect(calls()).toEqual([expect.objectContaining({ agentExtension: '102' })]);

  pbx.hangUp();
  await long.done;
  await worker.readLog('recent');
  expect(calls()).toContainEqual(expect.objectContaining({ phoneNumber: '+442079460123', outcome: 'ANSWERED' }));
});

const at = (minute: number): number => Date.parse('2026-11-21T10:00:00Z') + minute * MINUTE_MS;
const going = (...ids: readonly string[]) => new Map(ids.map((id) => [id, at(0)]));

test('calls that go on ask for nothing; one that has ended does for a minute, because its rows may come late', () => {
  let { going: known, readFrom } = followCalls({}, going('1', '2'), at(1));
  expect(readFrom).toBeUndefined();
  ({ going: known, readFrom } = followCalls(known, going('2'), at(40)));
  expect(readFrom).toBe(at(-2));
  ({ going: known, readFrom } = followCalls(known, going('2'), at(41)));
  expect(readFrom).toBe(at(-2));
  ({ going: known, readFrom } = followCalls(known, going('2'), at(41.5)));
  expect(readFrom).toBeUndefined();
  expect(Object.keys(known)).toEqual(['2']);
});

test('a client that may not see them reads the log as before', () => {
  const { going: known } = followCalls({}, going('1'), at(1));
  expect(followCalls(known, undefined, at(2))).toEqual({ going: {}, readFrom: undefined });
});
