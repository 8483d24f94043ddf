import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql, thisTenant } from '@switchboard/core/contract';
import { fc } from '@switchboard/testing/property';
import { fileMessages } from '../../file/file-messages.ts';
import type { SendContext } from '../../send/context.ts';
import { CASE, type Desk, openDesk } from '../desk.ts';

/** Several workers file at once, and every one of them has decided before the first commits. */

let desk: Desk;

beforeAll(async () => {
  desk = await openDesk();
});
afterAll(async () => await desk.close());

async function fileTogether(batches: readonly (readonly string[])[]): Promise<void> {
  const decided = Promise.withResolvers<void>();
  let waiting = 0;
  const context: SendContext = {
    ...desk.context,
    commit: async (changes) => {
      waiting += 1;
      if (waiting === batches.length) decided.resolve();
      await decided.promise;
      await desk.context.commit(changes);
    },
  };
  await Promise.all(batches.map((ids) => fileMessages(context, ids)));
}

/** In the order of the ids. */
async function casesOf(ids: readonly string[]): Promise<(string | null | undefined)[]> {
  const rows = await desk.context.tables.query<{ id: string; caseId: string | null }>(sql`
    select message_id as id, case_id as "caseId" from mail_filing
    where tenant_id = ${thisTenant} and message_id = any(${[...ids]}::uuid[])`);
  return ids.map((id) => rows.find((row) => row.id === id)?.caseId);
}

const fresh = (name: string) => `${name}-${crypto.randomUUID()}@example.net`;
const from = 'anna@example.net';

test('a mail and its answer come into one case', async () => {
  const messageId = fresh('first');
  const mail = await desk.addMessage({ from, messageId });
  const answer = await desk.addMessage({ from, inReplyTo: messageId });
  await fileTogether([[mail], [answer]]);
  const [one, other] = await casesOf([mail, answer]);
  expect(one).toMatch(/^[0-9a-f-]{36}$/);
  expect(other).toBe(one);
  const opened = (await desk.written('serviceCase')).filter(({ id }) => id === one);
  expect(opened).toHaveLength(1);
});

test('two answers to a mail that never came to us come into one case', async () => {
  const elsewhere = fresh('elsewhere');
  const answers = [
    await desk.addMessage({ from, references: [elsewhere] }),
    await desk.addMessage({ from: 'bob@example.net', to: [from], references: [elsewhere] }),
  ];
  await fileTogether(answers.map((id) => [id]));
  const [annas, bobs] = await casesOf(answers);
  expect(annas).toMatch(/^[0-9a-f-]{36}$/);
  // Bob wrote to Anna, so she takes part in a case of his. He takes part in none of hers: then his mail waits for a person, but opens none.
  expect([annas, null]).toContain(bobs);
});

test('mail of other conversations is not decided twice', async () => {
  const strangers = await Promise.all([1, 2, 3].map((index) => desk.addMessage({ from: `new-${index}@example.net` })));
  let commits = 0;
  const context: SendContext = {
    ...desk.context,
    commit: async (changes) => {
      commits += 1;
      await desk.context.commit(changes);
    },
  };
  await Promise.all(strangers.map((id) => fileMessages(context, [id])));
  expect(commits).toBe(strangers.length);
  const cases = await casesOf(strangers);
  expect(new Set(cases).size).toBe(strangers.length);
  expect(cases).not.toContain(CASE);
});

test('a conversation in any order, in any batches, is one case', async () => {
  const shape = fc.record({
    mails: fc.array(fc.record({ parent: fc.nat(), batch: fc.nat(2), order: fc.nat() }), { minLength: 2, maxLength: 7 }),
    rootCame: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(shape, async ({ mails, rootCame }) => {
      const chains: string[][] = [[fresh('root')]];
      const batches: string[][] = [[], [], []];
      for (const [index, { parent, batch, order }] of mails.entries()) {
        const chain = index === 0 && rootCame ? [] : (chains[parent % chains.length] ?? []);
        const messageId = chain.length === 0 ? (chains[0]?.[0] ?? '') : fresh('answer');
        const references = { references: chain, ...(chain.length > 0 && { inReplyTo: chain.at(-1) ?? '' }) };
        const receivedAt = new Date(1_700_000_000_000 + (order % 1000) * 86_400_000);
        batches[batch]?.push(await desk.addMessage({ from, messageId, receivedAt, ...references }));
        if (chain.length > 0) chains.push([...chain, messageId]);
      }
      await fileTogether(batches.filter((ids) => ids.length > 0));
      const cases = await casesOf(batches.flat());
      expect(cases).not.toContain(undefined);
      expect(new Set(cases).size).toBe(1);
    }),
    { numRuns: 15 },
  );
});
