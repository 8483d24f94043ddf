import { randomBytes } from 'node:crypto';
import { lookup } from 'node:dns/promises';
import type { SessionContext } from '../session/context.ts';
import { createBell } from '../session/signal-bell.ts';
import type { Bell } from '../session/signal-bell.ts';
import { createOneRequest, updateOneRequest } from '../twenty/operations.ts';
import { PermissionError, RecordRefusedError } from '../twenty/errors.ts';
import type { Fetch } from '../twenty/client.ts';
import type { ObjectSchema } from '../schema.ts';
import { isPrivateHost } from './private-host.ts';
import { beginTest, endTest, isTestWanted, readHeard, testName, testObject, testRecordId } from './state.ts';
import type { TestCause } from './state.ts';

export type TestOptions = {
  readonly context: SessionContext;
  /** The hub's address as Twenty has it. */
  readonly publicUrl: string;
  readonly fetch: Fetch;
  /** How long to wait for the webhook of one change. */
  readonly patienceMs: number;
  /** Rings once the webhook is registered: before that a test could only fail. */
  readonly registered: Bell;
};

/** Twenty's worker notices a new webhook up to 10 s late (2.21, measured). */
const tries = 3;
const tickMs = 2000;

/** Runs a test whenever one is wanted, until the signal aborts. */
export async function keepTesting(options: TestOptions, signal: AbortSignal): Promise<void> {
  const { context } = options;
  await options.registered.wait(signal);
  while (!signal.aborted) {
    try {
      if (await isTestWanted(context.db, context.tenantId)) await runTest(options, signal);
    } catch (error) {
      if (signal.aborted) return;
      context.log.warn({ tenantId: context.tenantId, err: error }, 'Could not test whether webhooks arrive');
    }
    await createBell().wait(signal, tickMs);
  }
}

async function runTest(options: TestOptions, signal: AbortSignal): Promise<void> {
  const { context } = options;
  const { db, tenantId, log } = context;
  const object = (await context.schema.refreshed(signal)).get(testObject);
  if (object === undefined) return await endTest(db, tenantId, 'impossible', 'no-application');
  try {
    for (let attempt = 0; attempt < tries && !signal.aborted; attempt += 1) {
      if (await isAnswered(options, object, signal)) return await endTest(db, tenantId, 'arrived');
    }
  } catch (error) {
    if (error instanceof PermissionError) return await endTest(db, tenantId, 'impossible', 'permission');
    throw error;
  }
  if (signal.aborted) return;
  const cause = (await readHeard(db, tenantId)).refusal ?? (await findCause(options, signal));
  log.warn({ tenantId, cause }, 'A test change in Twenty did not come back as a webhook');
  await endTest(db, tenantId, 'lost', cause);
}

/** Changes the test record and waits for the webhook about it. */
async function isAnswered(
  { context, patienceMs }: TestOptions,
  object: ObjectSchema,
  signal: AbortSignal,
): Promise<boolean> {
  const { db, tenantId } = context;
  const token = randomBytes(8).toString('hex');
  await beginTest(db, tenantId, token);
  await changeRecord(context, object, token, signal);
  const until = Date.now() + patienceMs;
  while (Date.now() < until && !signal.aborted) {
    if ((await readHeard(db, tenantId)).isHeard) return true;
    await createBell().wait(signal, 200);
  }
  return false;
}

/** Never by an upsert: that would bring the deleted record back (Twenty 2.21, measured). */
async function changeRecord(
  { access, tenantId, clock }: SessionContext,
  object: ObjectSchema,
  token: string,
  signal: AbortSignal,
): Promise<void> {
  const id = testRecordId(tenantId);
  const deletedAt = new Date(clock.now()).toISOString();
  const update = () =>
    access.records('normal', object.name, updateOneRequest(object, id, { name: testName(token), deletedAt }), signal);
  try {
    await update();
  } catch (error) {
    if (!(error instanceof RecordRefusedError)) throw error;
    // It is not there yet. A row that begins its life deleted makes no webhook, so that a change has to follow.
    const row = { id, name: testName('new'), deletedAt };
    await access.records('normal', object.name, createOneRequest(object, row), signal);
    await update();
  }
}

/** What can be seen from here. */
async function findCause({ publicUrl, fetch }: TestOptions, signal: AbortSignal): Promise<TestCause> {
  const { hostname } = new URL(publicUrl);
  const addresses = await lookup(hostname, { all: true }).catch(() => []);
  if (addresses.length === 0) return 'unresolved';
  if (addresses.some(({ address }) => isPrivateHost(address))) return 'private';
  return (await isHub(publicUrl, fetch, signal)) ? 'silent' : 'elsewhere';
}

async function isHub(publicUrl: string, fetch: Fetch, signal: AbortSignal): Promise<boolean> {
  try {
    const response = await fetch(new URL('/healthz', publicUrl), {
      signal: AbortSignal.any([signal, AbortSignal.timeout(5000)]),
    });
    return response.ok && ((await response.json()) as { status?: unknown } | null)?.status === 'ok';
  } catch {
    return false;
  }
}
