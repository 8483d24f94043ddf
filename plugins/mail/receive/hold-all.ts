import { setTimeout as sleep } from 'node:timers/promises';
import type { Mailbox } from '../mailboxes/mailbox.ts';
import { type Holding, holdMailbox } from './hold-mailbox.ts';
import { reportSilence } from './silence.ts';

type Held = { readonly version: number; readonly controller: AbortController; readonly ended: Promise<void> };

/** Reads all active mailboxes of the tenant until the signal aborts. */
export async function holdAll(holding: Holding, silentAfterMs: number, signal: AbortSignal): Promise<void> {
  const held = new Map<string, Held>();
  try {
    while (!signal.aborted) {
      const mailboxes = await holding.mailboxes.list();
      await follow(holding, held, mailboxes, signal);
      await reportSilence(holding, mailboxes, silentAfterMs);
      await sleep(holding.pace.lookMs, undefined, { signal }).catch(() => {});
    }
  } finally {
    await Promise.all([...held.values()].map(end));
  }
}

async function follow(
  holding: Holding,
  held: Map<string, Held>,
  mailboxes: readonly Mailbox[],
  signal: AbortSignal,
): Promise<void> {
  const wanted = new Map(mailboxes.filter(({ isActive }) => isActive).map((mailbox) => [mailbox.id, mailbox]));
  const stale = [...held].filter(([id, { version }]) => wanted.get(id)?.updatedAt.getTime() !== version);
  await Promise.all(stale.map(async ([, one]) => await end(one)));
  for (const [id] of stale) held.delete(id);
  for (const [id, mailbox] of wanted) if (!held.has(id)) held.set(id, begin(holding, mailbox, signal));
}

function begin(holding: Holding, mailbox: Mailbox, outer: AbortSignal): Held {
  const controller = new AbortController();
  const ended = holdMailbox(holding, mailbox, AbortSignal.any([outer, controller.signal])).catch((error: unknown) => {
    holding.log.error({ mailbox: mailbox.id, err: error }, 'A mailbox is not read any more');
  });
  return { version: mailbox.updatedAt.getTime(), controller, ended };
}

async function end({ controller, ended }: Held): Promise<void> {
  controller.abort(new Error('the mailbox is not read any more'));
  await ended;
}
