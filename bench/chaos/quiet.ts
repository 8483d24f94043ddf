import { setTimeout as sleep } from 'node:timers/promises';
import type { Stage } from '../../e2e/stage.ts';
import type { HubDatabase } from './hub-database.ts';

const LOOK_EVERY_MS = 1000;
const SAY_EVERY_MS = 15_000;
/** The longest pause of the gateway, a reconcile period of two minutes and a backlog worked off on a busy machine. */
const DEADLINE_MS = 480_000;

type Status = {
  readonly outbox: { readonly pending: number; readonly parked: number };
  readonly mirror: readonly { readonly object: string; readonly state: string; readonly freshUntil?: string }[];
};

export type QuietOptions = {
  readonly stage: Stage;
  readonly database: HubDatabase;
  readonly mirrored: readonly string[];
  readonly say: (text: string) => void;
  readonly signal: AbortSignal;
};

/** Waits until all objects have been copied. */
export async function waitUntilCopied(options: QuietOptions): Promise<void> {
  await waitUntil(options, async () => unread(await statusOf(options.stage), options.mirrored, 0));
}

/** Waits until nothing is on its way any more and the hub has asked Twenty for changes since. */
export async function waitUntilQuiet(options: QuietOptions): Promise<void> {
  const { stage, database, mirrored } = options;
  // Twenty tells its time in whole seconds.
  const since = Date.now() + 1000;
  await waitUntil(options, async () => {
    const status = await statusOf(stage);
    const jobs = await database.dueJobs();
    return [
      ...(status.outbox.pending > 0 ? [`${status.outbox.pending} writes wait for Twenty`] : []),
      ...(jobs > 0 ? [`${jobs} jobs are due`] : []),
      ...unread(status, mirrored, since),
    ];
  });
}

async function statusOf(stage: Stage): Promise<Status> {
  const { status, body } = await stage.api('GET', '/tenants/acme/crm/status');
  if (status !== 200) throw new Error(`The hub does not tell its status: ${status} ${JSON.stringify(body)}`);
  return body as Status;
}

function unread({ mirror }: Status, mirrored: readonly string[], since: number): string[] {
  return mirrored
    .filter((object) => {
      const found = mirror.find((one) => one.object === object);
      return found?.state !== 'fresh' || !(Date.parse(found.freshUntil ?? '') >= since);
    })
    .map((object) => `${object} is not reconciled yet`);
}

async function waitUntil({ say, signal }: QuietOptions, look: () => Promise<string[]>): Promise<void> {
  const start = Date.now();
  let saidAt = start;
  for (;;) {
    signal.throwIfAborted();
    const open = await look();
    if (open.length === 0) return;
    const now = Date.now();
    if (now - start > DEADLINE_MS) throw new Error(`The hub does not come to rest: ${open.join('; ')}`);
    if (now - saidAt > SAY_EVERY_MS) say(`waiting: ${open.join('; ')}`);
    if (now - saidAt > SAY_EVERY_MS) saidAt = now;
    await sleep(LOOK_EVERY_MS);
  }
}
