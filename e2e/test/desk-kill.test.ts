import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startTwenty, type Twenty } from '@switchboard/sandbox/twenty';
import { waitFor } from '@switchboard/testing';
import { frontComponentToken } from '@switchboard/testing/front-component-token';
import { type HubProcess, startHubProcess } from '../hub-process.ts';
import { setStage, type Stage } from '../stage.ts';

/** The desk's deeds and its journal while the hub is killed: each is done once, or not at all until it is asked for again. */

const CASES = 16;
const FORM_KEY = 'a-key-for-the-form';
const PATIENCE_MS = 120_000;

let stage: Stage;
let twenty: Twenty;
let hub: HubProcess;

beforeAll(async () => {
  stage = await setStage({}, async (options) => (twenty = await startTwenty(options)));
  hub = await startHubProcess('all', stage.env);
  await stage.provision();
  const config = { formKey: FORM_KEY, formPerMinute: 600 };
  await stage.api('POST', '/tenants/acme/plugins/service-desk/enable', { config });
}, 240_000);
afterAll(async () => {
  await hub?.kill();
  await stage?.close();
}, 60_000);

/** As a power cut, and the start after it. */
async function killAndStart(): Promise<void> {
  await hub.kill();
  hub = await startHubProcess('all', stage.env);
}

type Body = Readonly<Record<string, unknown>>;

/** Asks until the hub answers: whoever tests that nothing is lost is patient. */
async function insist(path: string, token: string, body: Body, key: string): Promise<Body> {
  const deadline = Date.now() + PATIENCE_MS;
  while (Date.now() < deadline) {
    const answer = await fetch(`${stage.url}${path}`, {
      method: 'POST',
      headers: {
        origin: 'null',
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'idempotency-key': key,
      },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(20_000),
    }).catch(() => undefined);
    if (answer?.ok === true) return (await answer.json()) as Body;
    await sleep(100);
  }
  throw new Error(`The hub never took ${path}`);
}

/** Runs some at a time, and calls `atHalf` once half of them are answered. */
async function withKillAtHalf<One>(all: readonly One[], work: (one: One) => Promise<void>): Promise<void> {
  const waiting = [...all];
  let done = 0;
  let killing: Promise<void> | undefined;
  const worker = async () => {
    for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) {
      await work(one);
      done += 1;
      if (done === Math.ceil(all.length / 2)) killing = killAndStart();
    }
  };
  await Promise.all(Array.from({ length: 4 }, worker));
  await killing;
}

async function records(object: string, fields: string): Promise<Record<string, unknown>[]> {
  const answer = (await stage.crm.records(`{ ${object}(first: 200) { edges { node { id ${fields} } } } }`)) as Record<
    string,
    { edges: { node: Record<string, unknown> }[] }
  >;
  return answer[object]?.edges.map(({ node }) => node) ?? [];
}

/** The copies in Twenty of what the hub has in its journal; demo data has no hash. */
const copies = async () =>
  (await records('caseEntries', 'kind sequence hash serviceCaseId')).filter(({ hash }) => (hash ?? '') !== '');

const program = join(import.meta.dirname, '../../core/cli/main.ts');

/** `npm run hub -- journal verify`. @returns how many entries there are */
async function verified(): Promise<number> {
  const env = { PATH: process.env['PATH'] ?? '', ...stage.env };
  const { stdout } = await promisify(execFile)(process.execPath, [program, 'journal', 'verify', 'acme'], { env });
  expect(stdout).toMatch(/acme: intact, \d+ entries/);
  return Number(/(\d+) entries/.exec(stdout)?.[1]);
}

/** Every entry has one copy, whatever was on its way when the hub was killed. */
async function expectEachCopiedOnce(): Promise<void> {
  const entries = await verified();
  await waitFor('a copy of every entry', async () => (await copies()).length >= entries, PATIENCE_MS);
  const sequences = (await copies()).map(({ sequence }) => Number(sequence)).toSorted((one, other) => one - other);
  expect(sequences).toEqual(Array.from({ length: entries }, (_, index) => index + 1));
}

test('a hub killed between an entry of the journal and its copy loses none and doubles none', async () => {
  // Twenty is slow, so that copies wait while entries are made.
  twenty.faults.set({ kind: 'delay', ms: 300 }, { path: '/graphql' });
  const keys = Array.from({ length: CASES }, () => randomUUID());
  const opened = new Map<string, Body>();
  await withKillAtHalf(keys, async (key) => {
    const form = { subject: `Form ${key.slice(0, 8)}`, text: 'No light' };
    opened.set(key, await insist('/hooks/acme/service-desk/cases', FORM_KEY, form, key));
  });
  twenty.faults.clear();
  expect(new Set([...opened.values()].map(({ number }) => number)).size).toBe(CASES);
  await expectEachCopiedOnce();
  const made = (await copies()).filter(({ kind }) => kind === 'CREATED').map(({ serviceCaseId }) => serviceCaseId);
  expect(made.toSorted()).toEqual([...opened.values()].map(({ caseId }) => caseId).toSorted());
}, 360_000);

test('a hub killed in the middle of merging has merged each pair once, in its rows, its journal and in Twenty', async () => {
  const token = await frontComponentToken({ url: twenty.url, email: 'admin@example.com', password: 'password-1' });
  const ids = (await records('serviceCases', 'channel'))
    .filter(({ channel }) => channel === 'FORM')
    .map(({ id }) => String(id))
    .toSorted();
  const pairs = Array.from({ length: CASES / 2 }, (_, index) => ({
    caseId: ids[2 * index]!,
    intoId: ids[2 * index + 1]!,
    requestId: randomUUID(),
  }));
  const desk = '/panel/v1/plugins/service-desk';
  const mergeIds = new Map<string, unknown>();
  await withKillAtHalf(pairs, async (pair) => {
    const answer = await insist(`${desk}/cases/merge`, token, pair, pair.requestId);
    expect(answer).toMatchObject({ outcome: 'merged', intoId: pair.intoId });
    mergeIds.set(pair.caseId, answer['mergeId']);
  });
  const merged = async () =>
    new Map(
      (await records('serviceCases', 'status mergedIntoId'))
        .filter(({ mergedIntoId }) => (mergedIntoId ?? '') !== '')
        .map(({ id, status, mergedIntoId }) => [id, [status, mergedIntoId]]),
    );
  await waitFor('all merges in Twenty', async () => (await merged()).size === pairs.length, PATIENCE_MS);
  expect(await merged()).toEqual(new Map(pairs.map(({ caseId, intoId }) => [caseId, ['CLOSED', intoId]])));
  await expectEachCopiedOnce();
  const noted = (await copies()).filter(({ kind }) => kind === 'MERGED').map(({ serviceCaseId }) => serviceCaseId);
  expect(noted.toSorted()).toEqual(pairs.map(({ caseId }) => caseId).toSorted());

  // The ledger knows what each was, so that all of it is taken back, again with a kill in the middle.
  await withKillAtHalf(pairs, async ({ caseId }) => {
    const body = { mergeId: mergeIds.get(caseId) };
    const { outcome } = await insist(`${desk}/cases/merge/undo`, token, body, caseId);
    expect(['restored', 'undone-already']).toContain(outcome);
  });
  await waitFor('all cases to be on their own in Twenty', async () => (await merged()).size === 0, PATIENCE_MS);
  const states = (await records('serviceCases', 'channel status')).filter(({ channel }) => channel === 'FORM');
  expect(states.map(({ status }) => status)).toEqual(Array.from({ length: CASES }, () => 'NEW'));
  await expectEachCopiedOnce();
}, 480_000);
