import { event, mailboxReset, type PluginContext } from '@switchboard/core/contract';
import type { FolderStatus, Imap } from '../client/imap.ts';
import { type Mailbox, wholeSecond } from '../mailboxes/mailbox.ts';
import {
  beginFolder,
  type ChosenFolder,
  findFolders,
  type FolderState,
  noteFolderRead,
  resetFolder,
} from './folder.ts';
import { ahead } from './ahead.ts';
import { learnChanges } from './changes.ts';
import { eachPart, nothing, type Reading } from './read-range.ts';
import type { Config } from '../config.ts';
import { retryMissing } from './missing.ts';
import { storeRange } from './store.ts';

export type Passing = Reading &
  Pick<PluginContext, 'commit' | 'clock'> & { readonly config: Pick<Config, 'verifySenders'> };

/**
 * Clocks of servers differ from ours, and a mail that came a moment ago is nobody's history. What is much older and yet new in the folder was
 * copied there.
 */
const CLOCKS_DIFFER_MS = 3_600_000;
/** So late a server may show a mail that it has taken: one that is unknown then is new. */
const SHOWN_LATE_MS = 300_000;

/** Brings what is known of the folders up to date with the server: one look each where nothing is new. */
export async function passOver(
  passing: Passing,
  imap: Imap,
  mailbox: Mailbox,
  chosen: readonly ChosenFolder[],
  signal: AbortSignal,
): Promise<void> {
  for (const choice of chosen) {
    signal.throwIfAborted();
    const status = await imap.status(choice.path);
    const folder = (await findFolders(passing.tables, mailbox.id)).find(({ path }) => path === choice.path);
    if (folder === undefined) await beginFolder(passing.tables, mailbox, choice, await imap.select(choice.path));
    else await passFolder(passing, { imap, mailbox, folder, status, signal });
  }
}

type Pass = {
  readonly imap: Imap;
  readonly mailbox: Mailbox;
  readonly folder: FolderState;
  readonly status: FolderStatus;
  readonly signal: AbortSignal;
};

async function passFolder(passing: Passing, pass: Pass): Promise<void> {
  const { imap, folder, status } = pass;
  if (isOther(folder, status)) {
    // One odd answer is no reason to look at everything again: the folder itself has to say so, too.
    const box = await imap.select(folder.path);
    if (isOther(folder, box)) return await reset(passing, pass, box);
  }
  if (status.uidNext === undefined || status.uidNext > folder.nextUid) await readNew(passing, pass);
  await learnChanges(passing, pass);
  await retryMissing(passing, pass);
  await noteFolderRead(passing.tables, folder, new Date(passing.clock.now()));
}

/** Servers exist that know no UIDVALIDITY and say 0. */
function isOther(folder: FolderState, { uidValidity }: FolderStatus): boolean {
  return uidValidity !== 0n && String(uidValidity) !== folder.uidValidity;
}

async function reset(passing: Passing, { mailbox, folder }: Pass, box: FolderStatus): Promise<void> {
  const { tables, commit, clock, log } = passing;
  const lastSuccess = mailbox.lastSuccessAt?.getTime() ?? 0;
  const liveFrom = wholeSecond(new Date(Math.max(folder.liveFrom.getTime(), lastSuccess - SHOWN_LATE_MS)));
  if (!(await resetFolder(tables, folder, box, liveFrom))) return;
  log.warn({ mailbox: mailbox.id, folder: folder.id, messages: box.messages }, 'A folder was numbered anew');
  const summary = `The server has numbered the folder "${folder.path}" of ${mailbox.address} anew; it is compared with what is known.`;
  await commit({
    notes: [{ direction: 'in', kind: 'mailbox', result: 'done', summary }],
    events: [
      event(
        mailboxReset,
        { mailboxId: mailbox.id, folder: folder.path, messages: box.messages, at: new Date(clock.now()).toISOString() },
        `${folder.id}/${box.uidValidity}`,
      ),
    ],
  });
}

async function readNew(passing: Passing, { imap, folder, signal }: Pass): Promise<void> {
  const box = await imap.select(folder.path);
  if (isOther(folder, box)) return;
  const uids = await imap.uidsFrom(folder.nextUid);
  const from = folder.liveFrom.getTime() - CLOCKS_DIFFER_MS;
  const isHistory = (receivedAt: Date) => receivedAt.getTime() < from;
  let next = folder.nextUid;
  const wanted = { imap, folder, isHistory, horizon: undefined, signal };
  for await (const part of ahead(eachPart(passing, uids, wanted))) {
    const to = (part.uids.at(-1) ?? next) + 1;
    await storeRange(passing, folder, await part.range, { name: 'next', from: next, to });
    next = to;
  }
  const end = box.uidNext ?? next;
  // Uids may have come and gone without our seeing them.
  if (end > next && uids.every((uid) => uid < end))
    await storeRange(passing, folder, nothing, { name: 'next', from: next, to: end });
}
