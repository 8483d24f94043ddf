import { json, PayloadError, type PluginContext } from '@switchboard/core/contract';
import type { Imap, Listed } from '../client/imap.ts';
import type { Arrival, Range } from './arrival.ts';
import { columnsOf } from './columns.ts';
import type { FolderState } from './folder.ts';
import { unreadableIdOf } from './identity.ts';
import { findKnown } from './known.ts';
import { fetchOversize } from './oversize.ts';
import { letGo } from './let-go.ts';
import { type Prepared, sourceOfUnread } from './prepare.ts';
import { putSource } from './source.ts';

export type Reading = Pick<PluginContext, 'tables' | 'files' | 'log'> & {
  readonly prepare: (raw: Buffer, isOutgoing: boolean) => Promise<Prepared>;
  /** Larger messages are kept without their attachments. */
  readonly maxBytes: number;
  /** How many are listed and stored at a time. */
  readonly rangeMessages: number;
};

/** Messages of one range, bodies of at most this many bytes: what is held in memory at a time. */
export const RANGE_MESSAGES = 200;
const RANGE_BYTES = 4 * 1024 * 1024;

/** Where a message counts as history. */
export type HistoryRule = (receivedAt: Date) => boolean;

type Wanted = {
  readonly imap: Imap;
  readonly folder: FolderState;
  /** Ascending or descending, as they are to be read. */
  readonly uids: readonly number[];
  readonly isHistory: HistoryRule;
  /** Older mail is left where it is. */
  readonly horizon: Date | undefined;
  readonly signal: AbortSignal;
};

/** A part that was fetched, with its uids in the order asked for. While it is understood, the next may be fetched. */
type ReadPart = { readonly uids: readonly number[]; readonly range: Promise<Range> };

export const nothing: Range = { arrivals: [], moved: [], missing: [] };

/** Reads uids in their order: two hundred at a time, in parts that fit into memory. */
export async function* eachPart(
  reading: Reading,
  uids: readonly number[],
  wanted: Omit<Wanted, 'uids'>,
): AsyncGenerator<ReadPart> {
  for (let start = 0; start < uids.length; start += reading.rangeMessages) {
    wanted.signal.throwIfAborted();
    yield* readMessages(reading, { ...wanted, uids: uids.slice(start, start + reading.rangeMessages) });
  }
}

/** Reads some messages, in parts that fit into memory. Those of them that are known are not fetched again. */
async function* readMessages(reading: Reading, wanted: Wanted): AsyncGenerator<ReadPart> {
  const { imap, folder, uids } = wanted;
  const listed = new Map((await imap.list(uids)).map((one) => [one.uid, one]));
  const known = await findKnown(reading.tables, imap, folder, [...listed.values()]);
  for (const part of partsOf(uids, listed, known)) {
    const fetched = await fetchPart(reading, wanted, { part, listed, known });
    const range = understood(wanted, fetched);
    // Whoever leaves early does not hear how it ended: the range is read again.
    range.catch(() => {});
    yield { uids: part, range };
  }
}

/** Cuts where the bodies to be fetched become too many bytes. */
function* partsOf(
  uids: readonly number[],
  listed: ReadonlyMap<number, Listed>,
  known: ReadonlyMap<number, string>,
): Generator<number[]> {
  let part: number[] = [];
  let bytes = 0;
  for (const uid of uids) {
    const size = known.has(uid) ? 0 : (listed.get(uid)?.bytes ?? 0);
    if (part.length > 0 && bytes + size > RANGE_BYTES) {
      yield part;
      part = [];
      bytes = 0;
    }
    part.push(uid);
    bytes += size;
  }
  if (part.length > 0) yield part;
}

type Part = {
  readonly part: readonly number[];
  readonly listed: ReadonlyMap<number, Listed>;
  readonly known: ReadonlyMap<number, string>;
};

type FetchedPart = Omit<Range, 'arrivals'> & {
  /** What is still being understood. */
  readonly arriving: readonly Promise<Arrival>[];
};

async function understood({ signal }: Wanted, { arriving, ...rest }: FetchedPart): Promise<Range> {
  const arrivals = await Promise.all(arriving);
  signal.throwIfAborted();
  return { ...rest, arrivals };
}

async function fetchPart(reading: Reading, wanted: Wanted, { part, listed, known }: Part): Promise<FetchedPart> {
  const { horizon } = wanted;
  const present = part.flatMap((uid) => listed.get(uid) ?? []);
  const moved = present.flatMap((one) => {
    const messageId = known.get(one.uid);
    return messageId === undefined ? [] : [{ ...one, messageId }];
  });
  const asked = present.filter(
    ({ uid, receivedAt }) => !known.has(uid) && (horizon === undefined || receivedAt >= horizon),
  );
  const arriving = await fetchAll(reading, wanted, asked);
  const missing = [
    ...part.filter((uid) => !listed.has(uid)),
    ...asked.filter(({ uid }) => !arriving.has(uid)).map(({ uid }) => uid),
  ];
  return { arriving: [...arriving.values()], moved, missing };
}

/** Fetches messages and has them understood as they come. @returns by uid */
async function fetchAll(
  reading: Reading,
  wanted: Wanted,
  listed: readonly Listed[],
): Promise<ReadonlyMap<number, Promise<Arrival>>> {
  const { imap } = wanted;
  const whole = new Map(listed.filter(({ bytes }) => bytes <= reading.maxBytes).map((one) => [one.uid, one]));
  const arriving = new Map<number, Promise<Arrival>>();
  const begin = (one: Listed, fetched: Fetched) => {
    const arrival = toArrival(reading, wanted, one, fetched);
    // It may fail while others are still fetched; what came of it is asked at the end.
    arrival.catch(() => {});
    arriving.set(one.uid, arrival);
  };
  try {
    for await (const { uid, source } of imap.sources([...whole.keys()])) {
      const one = whole.get(uid);
      if (one !== undefined) begin(one, { raw: source });
    }
    for (const one of listed.filter(({ bytes }) => bytes > reading.maxBytes)) {
      const part = await fetchOversize(imap, one);
      if (part !== undefined) begin(one, part);
    }
  } catch (error) {
    // What is being understood comes to its end unheard: the range is read again.
    await Promise.allSettled(arriving.values());
    throw error;
  }
  return arriving;
}

/** What was fetched of a message; `leftOut` says in words what stays on the server of one that is too large. */
type Fetched = { readonly raw: Buffer; readonly leftOut?: string };

async function toArrival(
  reading: Reading,
  { folder, isHistory }: Wanted,
  listed: Listed,
  { raw, leftOut }: Fetched,
): Promise<Arrival> {
  const isOutgoing = folder.role === 'sent' || (folder.role === 'other' && listed.isSent);
  const common = { ...listed, isHistory: isHistory(listed.receivedAt), isOutgoing };
  const prepared = await prepareOrSetAside(reading, raw, isOutgoing);
  const { id, columns, named, problem = leftOut ?? '', problemCode = '' } = prepared;
  const state = 'problem' in prepared ? 'unreadable' : leftOut === undefined ? 'ready' : 'oversize';
  const source = await putSource(raw, prepared.source, reading.files);
  letGo(raw);
  return { ...common, id, state, problem, problemCode, columns, named, source };
}

/** @returns with `problem` what is kept of a message that cannot be read */
async function prepareOrSetAside(
  reading: Reading,
  raw: Buffer,
  isOutgoing: boolean,
): Promise<Prepared & { readonly problem?: string; readonly problemCode?: string }> {
  try {
    return await reading.prepare(raw, isOutgoing);
  } catch (error) {
    if (!(error instanceof PayloadError)) throw error;
    const id = unreadableIdOf(raw, isOutgoing);
    reading.log.warn({ messageId: id, bytes: raw.length, err: error }, 'A message cannot be read and is set aside');
    const columns = Buffer.from(json(columnsOf(undefined)));
    return { id, columns, named: [], source: sourceOfUnread(raw), problem: error.message, problemCode: error.code };
  }
}
