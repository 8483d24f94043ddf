import { setTimeout as sleep } from 'node:timers/promises';
import { MailServerError } from '../client/errors.ts';
import type { Imap } from '../client/imap.ts';
import type { MailboxBook } from '../mailboxes/book.ts';
import type { Mailbox } from '../mailboxes/mailbox.ts';
import { type BackOff, createBackOff } from './back-off.ts';
import { type Bell, createBell } from './bell.ts';
import { chooseFolders } from './folder.ts';
import { foldersToImport, importFolder } from './import.ts';
import { type Passing, passOver } from './pass.ts';
import { OvertakenError } from './store.ts';
import { describeTrouble } from './trouble.ts';

export type Holding = Passing & {
  readonly mailboxes: MailboxBook;
  /** @throws MailServerError */
  readonly connect: (mailbox: Mailbox, signal: AbortSignal) => Promise<Imap>;
  /** One import at a time: new mail of all mailboxes goes before. */
  readonly importing: <T>(work: () => Promise<T>) => Promise<T>;
  readonly pace: Pace;
};

export type Pace = {
  /** A look at all folders, whatever the server tells by itself. */
  readonly pollMs: number;
  /** How long a wait for news lasts before the line is tried: below what any provider allows, and soon enough to notice a dead one. */
  readonly idleMs: number;
  /** The first pause after a line broke; those after it grow. */
  readonly retryMs: number;
  /** How soon a mailbox that was added, changed or paused is seen. */
  readonly lookMs: number;
};

export const usualPace: Pace = { pollMs: 60_000, idleMs: 55_000, retryMs: 2_000, lookMs: 3_000 };

/** Reads one mailbox until the signal aborts, or until somebody has to sign in anew. */
export async function holdMailbox(holding: Holding, mailbox: Mailbox, signal: AbortSignal): Promise<void> {
  const backOff = createBackOff(holding.pace.retryMs);
  while (!signal.aborted) {
    try {
      await holdConnection(holding, mailbox, backOff, signal);
    } catch (error) {
      if (signal.aborted) return;
      if (await giveUp(holding, mailbox, error)) return;
      await sleep(backOff.next(), undefined, { signal }).catch(() => {});
    }
  }
}

/** @returns whether trying again makes no sense until somebody acts */
async function giveUp({ mailboxes, log }: Holding, mailbox: Mailbox, error: unknown): Promise<boolean> {
  log.warn({ mailbox: mailbox.id, err: error }, 'Reading a mailbox was interrupted');
  if (error instanceof OvertakenError) return false;
  const { message, remedy } = describeTrouble(error);
  const trouble = error instanceof MailServerError ? error.trouble : undefined;
  const isFinal = trouble === 'credentials' || trouble === 'not-connected';
  try {
    await mailboxes.noteError(mailbox.id, message, remedy);
    if (isFinal) await mailboxes.setState(mailbox.id, 'needs-authorisation', message);
    return isFinal;
  } catch (unnoted) {
    // The database is away, too: the next try may find it again.
    log.warn({ mailbox: mailbox.id, err: unnoted }, 'The trouble of a mailbox could not be noted');
    return false;
  }
}

async function holdConnection(holding: Holding, mailbox: Mailbox, backOff: BackOff, outer: AbortSignal): Promise<void> {
  const failed = new AbortController();
  const signal = AbortSignal.any([outer, failed.signal]);
  const wake = createBell();
  const begun = createBell();
  const loops = [
    passLoop(holding, { mailbox, backOff, wake, begun, signal }),
    watchLoop(holding, { mailbox, wake, signal }),
    importLoop(holding, { mailbox, begun, signal }),
  ];
  try {
    await Promise.all(loops);
  } finally {
    failed.abort();
    await Promise.allSettled(loops);
  }
}

type PassLoop = {
  readonly mailbox: Mailbox;
  readonly backOff: BackOff;
  readonly wake: Bell;
  readonly begun: Bell;
  readonly signal: AbortSignal;
};

/** Looks at all folders again and again, at once when the server has news. */
async function passLoop(holding: Holding, { mailbox, backOff, wake, begun, signal }: PassLoop): Promise<void> {
  const imap = await holding.connect(mailbox, signal);
  try {
    const chosen = chooseFolders(await imap.folders(), mailbox.settings.folders);
    while (!signal.aborted) {
      const current = await holding.mailboxes.get(mailbox.id);
      // The line is one to the account that the mailbox was when it was opened.
      await passOver(holding, imap, { ...current, settings: mailbox.settings }, chosen, signal);
      await holding.mailboxes.noteSuccess(mailbox.id);
      // Only now: a server that lets us in and then fails would be asked all the time.
      backOff.reset();
      begun.ring();
      await wake.wait(holding.pace.pollMs, signal);
    }
  } finally {
    imap.close();
  }
}

type WatchLoop = { readonly mailbox: Mailbox; readonly wake: Bell; readonly signal: AbortSignal };

/** Waits on a connection of its own for what the server tells by itself. */
async function watchLoop(holding: Holding, { mailbox, wake, signal }: WatchLoop): Promise<void> {
  const imap = await holding.connect(mailbox, signal);
  try {
    // Looking from time to time is all that is left.
    if (!imap.canIdle) return;
    await imap.select('INBOX');
    // What came before this moment is found by a pass, what comes after it is told.
    wake.ring();
    while (!signal.aborted) {
      if ((await imap.waitForNews(holding.pace.idleMs, signal)) === 'news') wake.ring();
    }
  } finally {
    imap.close();
  }
}

type ImportLoop = { readonly mailbox: Mailbox; readonly begun: Bell; readonly signal: AbortSignal };

/** Reads what was there before, on a connection of its own that is there only for that. */
async function importLoop(holding: Holding, { mailbox, begun, signal }: ImportLoop): Promise<void> {
  const backOff = createBackOff(holding.pace.retryMs);
  while (!signal.aborted) {
    await begun.wait(holding.pace.pollMs, signal);
    if (signal.aborted || (await foldersToImport(holding.tables, mailbox.id)).length === 0) continue;
    try {
      await holding.importing(async () => await importAll(holding, mailbox, signal));
      backOff.reset();
    } catch (error) {
      if (signal.aborted) return;
      // New mail goes on meanwhile; what was imported stays.
      holding.log.warn({ mailbox: mailbox.id, err: error }, 'Importing a mailbox was interrupted');
      await sleep(backOff.next(), undefined, { signal }).catch(() => {});
      begun.ring();
    }
  }
}

async function importAll(holding: Holding, mailbox: Mailbox, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  const imap = await holding.connect(mailbox, signal);
  try {
    for (const folder of await foldersToImport(holding.tables, mailbox.id))
      await importFolder(holding, imap, folder, signal);
  } finally {
    imap.close();
  }
}
