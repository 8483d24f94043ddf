import { isIP } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { rootCertificates } from 'node:tls';
import {
  type ExpungeEvent,
  type FetchMessageObject,
  ImapFlow,
  type ListResponse,
  type MessageStructureObject,
} from 'imapflow';
import { explain, MailServerError } from './errors.ts';
import { exact } from './exact.ts';
import { packUids } from './uids.ts';

/** How a mailbox is reached over IMAP. */
export type ImapAccount = {
  readonly host: string;
  /** What the host resolved to: the connection goes there and nowhere else. */
  readonly address: string;
  readonly port: number;
  readonly security: 'tls' | 'starttls';
  readonly ca: string | undefined;
  readonly user: string;
  readonly credential: { readonly password: string } | { readonly accessToken: string };
};

export type Folder = Pick<ListResponse, 'path' | 'specialUse' | 'flags'>;

/** Where a folder stands. */
export type FolderStatus = {
  readonly uidValidity: bigint;
  /** Undefined where the server does not tell. */
  readonly uidNext: number | undefined;
  readonly messages: number;
  readonly highestModseq: string;
};

/** What mail programs have done with a message. */
export type Flags = { readonly isSeen: boolean; readonly isAnswered: boolean };
export type Listed = Flags & {
  readonly uid: number;
  readonly bytes: number;
  readonly receivedAt: Date;
  /** The same wherever the message lies in the mailbox (Gmail's X-GM-MSGID, OBJECTID); '' where the server gives none. */
  readonly emailId: string;
  /** Gmail keeps what was sent in "All Mail", too, and tells it by a label. */
  readonly isSent: boolean;
};
/** Uids, both ends included. */
export type Span = { readonly first: number; readonly last: number };
export type Changes = {
  readonly flags: ReadonlyMap<number, Flags>;
  /** Uids of messages that are there no more. Empty, too, where `tellsVanished` is false. */
  readonly vanished: readonly number[];
};
export type Fetched = { readonly uid: number; readonly source: Buffer };
export type Skeleton = { readonly headers: Buffer; readonly structure: MessageStructureObject | undefined };

/** One connection that is signed in. Every answer is looked at: the library resolves to nothing when the connection is gone. */
export type Imap = {
  readonly folders: () => Promise<Folder[]>;
  readonly status: (path: string) => Promise<FolderStatus>;
  /** Opens a folder for reading; what follows is about this one. */
  readonly select: (path: string) => Promise<FolderStatus>;
  /** Uids in ascending order. */
  readonly uidsFrom: (first: number) => Promise<number[]>;
  readonly uidsBelow: (end: number, since: Date | undefined) => Promise<number[]>;
  readonly list: (uids: readonly number[]) => Promise<Listed[]>;
  readonly flags: (span: Span) => Promise<Map<number, Flags>>;
  /** What has changed in the span since the folder stood at this `highestModseq`. */
  readonly changesSince: (modseq: string, span: Span) => Promise<Changes>;
  /** Whether the server remembers what was deleted (QRESYNC). */
  readonly tellsVanished: boolean;
  /** The Message-ID fields as they are written. */
  readonly messageIds: (uids: readonly number[]) => Promise<Map<number, string>>;
  /** Whole messages, as they come; does not mark them as read. */
  readonly sources: (uids: readonly number[]) => AsyncGenerator<Fetched>;
  /** Header fields and structure of a message that is too large to be fetched. */
  readonly skeleton: (uid: number) => Promise<Skeleton | undefined>;
  /** One part as it is encoded, at most so many bytes. */
  readonly part: (uid: number, part: string, maxBytes: number) => Promise<Buffer>;
  readonly findByMessageId: (messageId: string) => Promise<number[]>;
  readonly append: (path: string, raw: Buffer) => Promise<void>;
  /** Waits for news of the selected folder; resolves when there is some, or the time is over. Throws when the line is dead. */
  readonly waitForNews: (ms: number, signal: AbortSignal) => Promise<'news' | 'time'>;
  readonly canIdle: boolean;
  readonly close: () => void;
};

export type ImapOptions = {
  /** The largest message that is fetched whole, bytes. */
  readonly maxBytes: number;
  /** Silence after which a line counts as dead. */
  readonly silenceMs?: number;
  readonly signal: AbortSignal;
};

const CONNECT_MS = 20_000;
const SILENCE_MS = 90_000;
const FRAMING_BYTES = 1024 * 1024;

/** @throws MailServerError */
export async function openImap(
  account: ImapAccount,
  { maxBytes, silenceMs = SILENCE_MS, signal }: ImapOptions,
): Promise<Imap> {
  signal.throwIfAborted();
  const client = new ImapFlow({
    host: account.address,
    port: account.port,
    ...(isIP(account.host) === 0 && { servername: account.host }),
    secure: account.security === 'tls',
    ...(account.security === 'starttls' && { doSTARTTLS: true }),
    tls: { minVersion: 'TLSv1.2', ...(account.ca !== undefined && { ca: [...rootCertificates, account.ca] }) },
    auth:
      'password' in account.credential
        ? { user: account.user, pass: account.credential.password }
        : { user: account.user, accessToken: account.credential.accessToken },
    logger: false,
    disableAutoIdle: true,
    qresync: true,
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: silenceMs,
    maxLiteralSize: maxBytes + FRAMING_BYTES,
    maxResponseSize: maxBytes + 2 * FRAMING_BYTES,
    maxLineLength: 16 * FRAMING_BYTES,
  });
  // Stays for good: an error of an abandoned connection would end the process.
  client.on('error', () => {});
  const stop = () => client.close();
  signal.addEventListener('abort', stop, { once: true });
  client.once('close', () => signal.removeEventListener('abort', stop));
  try {
    await client.connect();
  } catch (error) {
    client.close();
    signal.throwIfAborted();
    throw explain(error, account);
  }
  return createImap(client, account);
}

function createImap(client: ImapFlow, account: ImapAccount): Imap {
  const news = createNews(client);
  const lost = () =>
    new MailServerError(
      'unreachable',
      `The connection to ${account.host}:${account.port} was lost`,
      'Nothing: the hub connects again by itself.',
    );

  /** Runs a command and refuses the empty answers that stand for a connection that is gone. */
  async function ask<T>(command: () => Promise<T>): Promise<Exclude<T, false | undefined | void>> {
    if (!client.usable) throw lost();
    let answer: T;
    try {
      answer = await command();
    } catch (error) {
      throw explain(error, account);
    }
    if (answer === false || answer === undefined || !client.usable) throw lost();
    return answer as Exclude<T, false | undefined | void>;
  }

  async function* fetchRange(
    range: string,
    query: Parameters<ImapFlow['fetch']>[1],
    options: Parameters<ImapFlow['fetch']>[2] = {},
  ): AsyncGenerator<FetchMessageObject> {
    if (!client.usable) throw lost();
    try {
      yield* client.fetch(range, { uid: true, ...query }, { ...options, uid: true });
    } catch (error) {
      throw explain(error, account);
    }
    if (!client.usable) throw lost();
  }

  async function* fetch(
    uids: readonly number[],
    query: Parameters<ImapFlow['fetch']>[1],
  ): AsyncGenerator<FetchMessageObject> {
    if (uids.length === 0) return;
    const wanted = new Set(uids);
    // An answer without its uid, or about a message that nobody asked for, is a notice of the server.
    for await (const message of fetchRange(packUids(uids), query)) if (wanted.has(message.uid)) yield message;
  }

  async function readFlags(
    { first, last }: Span,
    options?: Parameters<ImapFlow['fetch']>[2],
  ): Promise<Map<number, Flags>> {
    const found = new Map<number, Flags>();
    for await (const { uid, flags } of fetchRange(`${first}:${last}`, { flags: true }, options))
      if (uid >= first && uid <= last && flags !== undefined) found.set(uid, toFlags(flags));
    return found;
  }

  async function search(query: Parameters<ImapFlow['search']>[0]): Promise<number[]> {
    const found = await ask(async () => await client.search(query, { uid: true }));
    return found.toSorted((one, other) => one - other);
  }

  return {
    canIdle: client.capabilities.has('IDLE'),
    folders: async () => await ask(async () => await client.list()),
    async status(path) {
      // Of the folder that is open a server may tell what it was when it was opened (Dovecot 2.3, measured).
      if (client.mailbox !== false && client.mailbox.path === path) await ask(async () => await client.mailboxClose());
      const query = { uidNext: true, uidValidity: true, messages: true, highestModseq: true };
      return toStatus(await ask(async () => await client.status(path, query)));
    },
    async select(path) {
      const box = await ask(async () => await client.mailboxOpen(path, { readOnly: true }));
      return toStatus({ ...box, messages: box.exists });
    },
    async uidsFrom(first) {
      // `N:*` names the last message even when it lies below N.
      return (await search({ uid: `${first}:*` })).filter((uid) => uid >= first);
    },
    async uidsBelow(end, since) {
      if (end <= 1) return [];
      return await search({ uid: `1:${end - 1}`, ...(since !== undefined && { since }) });
    },
    async list(uids) {
      const listed: Listed[] = [];
      const query = { size: true, internalDate: true, flags: true, labels: true };
      for await (const message of fetch(uids, query)) listed.push(toListed(message));
      return listed.toSorted((one, other) => one.uid - other.uid);
    },
    tellsVanished: client.enabled.has('QRESYNC'),
    flags: async (span) => await readFlags(span),
    async changesSince(modseq, span) {
      const vanished: number[] = [];
      const note = ({ uid }: ExpungeEvent) => {
        if (uid !== undefined && uid >= span.first && uid <= span.last) vanished.push(uid);
      };
      client.on('expunge', note);
      try {
        return { flags: await readFlags(span, { changedSince: BigInt(modseq) }), vanished };
      } finally {
        client.off('expunge', note);
      }
    },
    async messageIds(uids) {
      const ids = new Map<number, string>();
      for await (const { uid, headers } of fetch(uids, { headers: ['message-id'] }))
        ids.set(uid, headers?.toString('latin1') ?? '');
      return ids;
    },
    async *sources(uids) {
      for await (const { uid, source } of fetch(uids, { source: true }))
        if (source !== undefined) yield { uid, source: exact(source) };
    },
    async skeleton(uid) {
      for await (const { headers, bodyStructure } of fetch([uid], { headers: true, bodyStructure: true }))
        return { headers: headers ?? Buffer.alloc(0), structure: bodyStructure };
      return undefined;
    },
    async part(uid, part, maxLength) {
      for await (const { bodyParts } of fetch([uid], { bodyParts: [{ key: part, start: 0, maxLength }] }))
        return [...(bodyParts?.values() ?? [])][0] ?? Buffer.alloc(0);
      return Buffer.alloc(0);
    },
    findByMessageId: async (messageId) => await search({ header: { 'message-id': messageId } }),
    async append(path, raw) {
      await ask(async () => await client.append(path, raw, ['\\Seen']));
    },
    async waitForNews(ms, signal) {
      try {
        return await waitForNews({ client, news, ms, signal, lost });
      } catch (error) {
        throw explain(error, account);
      }
    },
    close: () => client.close(),
  };
}

/** What the server tells by itself; it may come while nobody waits. */
type News = { readonly next: () => Promise<void>; readonly take: () => void };

function createNews(client: ImapFlow): News {
  let current = Promise.withResolvers<void>();
  client.on('exists', () => current.resolve());
  return {
    next: async () => await current.promise,
    take: () => {
      current = Promise.withResolvers();
    },
  };
}

type Waiting = {
  readonly client: ImapFlow;
  readonly news: News;
  readonly ms: number;
  readonly signal: AbortSignal;
  readonly lost: () => Error;
};

/** A dead line is silent: the command that ends the wait has to be answered. */
async function waitForNews({ client, news, ms, signal, lost }: Waiting): Promise<'news' | 'time'> {
  const over = new AbortController();
  const until = AbortSignal.any([signal, over.signal]);
  const closed = Promise.withResolvers<'closed'>();
  const onClose = () => closed.resolve('closed');
  client.once('close', onClose);
  try {
    if (!client.usable || signal.aborted) throw lost();
    // Runs until another command is given; that it fails is seen by that command.
    const idling = client.idle().catch(() => undefined);
    const time = sleep(ms, 'time' as const, { signal: until }).catch(() => 'closed' as const);
    const outcome = await Promise.race([news.next().then(() => 'news' as const), closed.promise, time]);
    if (outcome === 'closed') throw lost();
    if (outcome === 'news') news.take();
    else {
      await client.noop();
      await idling;
      if (!client.usable) throw lost();
    }
    return outcome;
  } finally {
    over.abort();
    client.off('close', onClose);
  }
}

type Known = {
  readonly uidValidity?: bigint | undefined;
  readonly uidNext?: number | undefined;
  readonly messages?: number | undefined;
  readonly highestModseq?: bigint | undefined;
};

function toStatus({ uidValidity = 0n, uidNext, messages = 0, highestModseq }: Known): FolderStatus {
  return {
    uidValidity,
    uidNext: uidNext !== undefined && uidNext > 0 ? uidNext : undefined,
    messages,
    highestModseq: highestModseq?.toString() ?? '',
  };
}

function toListed({ uid, size = 0, internalDate, flags, labels, emailId = '' }: FetchMessageObject): Listed {
  const isSent = labels?.has('\\Sent') ?? false;
  return { uid, bytes: size, receivedAt: toDate(internalDate), emailId, isSent, ...toFlags(flags) };
}

function toFlags(flags: ReadonlySet<string> = new Set()): Flags {
  return { isSeen: flags.has('\\Seen'), isAnswered: flags.has('\\Answered') };
}

function toDate(value: Date | string | undefined): Date {
  const date = new Date(value ?? 0);
  return Number.isNaN(date.getTime()) ? new Date(0) : date;
}
