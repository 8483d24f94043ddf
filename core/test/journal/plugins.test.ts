import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startTestHub, TEST_TENANT, type TestHub } from '@switchboard/testing/hub';
import { z } from 'zod';
import { type Changes, definePlugin, type JournalInput, type PluginContext } from '../../contract/index.ts';

/** What a plugin writes into the journal and reads of it: nothing but `commit` and `context.journal`, and nothing of another tenant. */

const OTHER_TENANT = 'north';
const contexts: PluginContext[] = [];
const scribe = definePlugin({
  id: 'scribe',
  contract: 1,
  name: 'Scribe',
  summary: 'Notes what happens elsewhere.',
  config: z.object({}),
  setup: (context: PluginContext) => void contexts.push(context),
  check: async () => [],
});

let hub: TestHub;
let own: PluginContext;
let foreign: PluginContext;

beforeAll(async () => {
  hub = await startTestHub({ plugins: [scribe], crm: false });
  const north = { slug: OTHER_TENANT, name: 'North', country: 'DE', timeZone: 'Europe/Berlin' };
  await hub.hub.admin.tenants.create(north, 'test');
  for (const slug of [TEST_TENANT, OTHER_TENANT]) {
    await hub.hub.admin.plugins.enable(slug, 'scribe', {}, 'test');
    // Asking for a check-up has the plugin set up.
    await hub.api('POST', `/tenants/${slug}/plugins/scribe/check`);
  }
  const contextOf = (slug: string) => contexts.findLast(({ tenant }) => tenant.slug === slug)!;
  [own, foreign] = [contextOf(TEST_TENANT), contextOf(OTHER_TENANT)];
}, 120_000);
afterAll(async () => await hub?.close());

const at = new Date('2026-11-22T10:00:00Z');
const aboutCase = (caseId: string) => ({ at, subjects: [{ object: 'serviceCase', id: caseId }] });

/** One entry of each kind of program that a plugin may stand for. */
function entriesOf(caseId: string): JournalInput[] {
  const about = aboutCase(caseId);
  const program = (name: string) => ({ kind: 'INTEGRATION', name }) as const;
  return [
    {
      ...about,
      key: `protocol:${caseId}/3`,
      kind: 'PROTOCOL_STEP',
      actor: { kind: 'MEMBER', id: randomUUID(), name: 'Robin Example' },
      source: 'console',
      text: 'Is anybody in the lift?',
      details: { protocolId: randomUUID(), version: 4, step: 3, answer: 'no' },
    },
    {
      ...about,
      key: `slack:${caseId}/1732270000.000100`,
      kind: 'CHAT_MESSAGE',
      actor: program('Slack'),
      source: 'slack',
      text: 'The fitter is there',
    },
    {
      ...about,
      key: `zapier:${caseId}/run-1`,
      kind: 'FIELD_CHANGE',
      actor: program('Zap 12'),
      source: 'zapier',
      before: { priority: 'NORMAL' },
      after: { priority: 'HIGH' },
    },
    { ...about, key: `import:${caseId}/7`, kind: 'IMPORTED', actor: program('July.xlsx'), source: 'import' },
  ];
}

const listed = async (context: PluginContext, caseId: string) =>
  await context.journal.list({ subjects: aboutCase(caseId).subjects });
const verdict = async ({ tenant }: PluginContext) => await hub.hub.admin.journal.verify(tenant.id);

/** What waits to be copied to Twenty. */
async function copiesOf({ tenant }: PluginContext, caseId: string): Promise<unknown[]> {
  const { rows } = await hub.hub.database.pool.query<{ kind: string }>(
    `select fields ->> 'kind' as kind from crm_outbox
     where tenant_id = $1 and object = 'caseEntry' and fields ->> 'serviceCaseId' = $2 order by seq`,
    [tenant.id, caseId],
  );
  return rows.map(({ kind }) => kind);
}

describe('a plugin', () => {
  test('notes steps of protocols, messages of Slack, deeds of Zapier and imports, each once however often it says so', async () => {
    const caseId = randomUUID();
    const journal = entriesOf(caseId);
    await Promise.all([own.commit({ journal }), own.commit({ journal: journal.toReversed() })]);
    await own.commit({ journal });
    const entries = (await listed(own, caseId)).toSorted((one, other) => (one.kind < other.kind ? -1 : 1));
    expect(entries).toMatchObject([
      { kind: 'CHAT_MESSAGE', source: 'slack', actorKind: 'INTEGRATION', content: { text: 'The fitter is there' } },
      { kind: 'FIELD_CHANGE', source: 'zapier', content: { before: { priority: 'NORMAL' } } },
      { kind: 'IMPORTED', source: 'import', content: { actorName: 'July.xlsx' } },
      { kind: 'PROTOCOL_STEP', source: 'console', actorKind: 'MEMBER', content: { details: { step: 3 } } },
    ]);
    expect((await copiesOf(own, caseId)).toSorted()).toEqual([
      'CHAT_MESSAGE',
      'FIELD_CHANGE',
      'IMPORTED',
      'PROTOCOL_STEP',
    ]);
    expect(await verdict(own)).toMatchObject({ isIntact: true });
  });

  test('has no entry of a deed that failed, and none without a time, a key or a subject', async () => {
    const caseId = randomUUID();
    const [step] = entriesOf(caseId);
    const rows: Changes['rows'] = async () => {
      throw new Error('changed my mind');
    };
    await expect(own.commit({ rows, journal: [step!] })).rejects.toThrow('changed my mind');
    for (const wrong of [{ key: '' }, { at: new Date(Number.NaN) }, { subjects: [] }]) {
      await expect(own.commit({ journal: [{ ...step!, ...wrong }] })).rejects.toMatchObject({ code: 'payload' });
    }
    expect(await listed(own, caseId)).toEqual([]);
    expect(await copiesOf(own, caseId)).toEqual([]);
  });

  test('of one tenant finds, counts, copies and erases nothing of another, not even about the same record or under the same key', async () => {
    const [caseId, personId] = [randomUUID(), randomUUID()];
    const subjects = [...aboutCase(caseId).subjects, { object: 'person', id: personId }];
    const journal = entriesOf(caseId).map((entry) => ({ ...entry, subjects }));
    await own.commit({ journal });
    const before = await verdict(foreign);
    expect(await listed(foreign, caseId)).toEqual([]);
    expect(await foreign.journal.tally(subjects)).toEqual([]);
    expect(await copiesOf(foreign, caseId)).toEqual([]);
    await foreign.commit({ journal: journal.slice(0, 1) });
    expect(await listed(foreign, caseId)).toMatchObject([{ kind: 'PROTOCOL_STEP' }]);
    expect(await verdict(foreign)).toMatchObject({
      isIntact: true,
      entries: (before.isIntact ? before.entries : 0) + 1,
    });
    await hub.hub.admin.journal.erase(foreign.tenant.id, personId, 'asked for by letter', 'test');
    expect((await listed(own, caseId)).map(({ content }) => content === null)).toEqual([false, false, false, false]);
    expect((await foreign.journal.list({ subjects })).filter(({ content }) => content === null)).toHaveLength(1);
    expect(await verdict(own)).toMatchObject({ isIntact: true, erased: 0 });
  });
});
