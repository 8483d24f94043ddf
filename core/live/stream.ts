import type { Writable } from 'node:stream';
import { removeFrame, retryLine, type ShownItem, snapshotFrame, upsertFrame } from './frames.ts';
import type { Lens } from './lens.ts';
import type { Entry } from './read.ts';
import type { Replica } from './replica.ts';
import { formatId, parseId, type Scope } from './scope.ts';

interface StreamOptions {
  readonly scope: Scope;
  readonly replica: Replica;
  readonly lens: Lens;
  /** The response. Whoever passes it ends it. */
  readonly sink: Writable;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** One browser's connection: writes what its member may see, as fast as it is read. */
export interface Stream {
  /** Sends what is new in the replica. A reader that has not yet taken the last of it gets the newest state once it has: nothing piles up. */
  readonly advance: (since?: (version: number) => readonly Entry[]) => void;
  /** Shows both sides that the other is there, and how far it has come. */
  readonly beat: () => void;
  /** When something was last sent. */
  readonly sentAt: () => number;
  /** Since when the reader takes nothing; undefined while it keeps up. */
  readonly blockedAt: () => number | undefined;
}

/** @param lastId the id of the last event that the client has seen, if any */
export function startStream({ scope, replica, lens, sink, now }: StreamOptions, lastId: string | undefined): Stream {
  let cursor = 0;
  let sentAt = now();
  let blockedAt: number | undefined;

  const idLine = (version: number) => `id: ${formatId(version, scope)}\n`;

  function write(text: string): void {
    sentAt = now();
    if (!sink.write(text)) blockedAt = sentAt;
  }

  function shownOf(entry: Entry): ShownItem | undefined {
    const data = lens(entry, scope.viewer);
    return data === undefined ? undefined : { topic: entry.topic, key: entry.key, data };
  }

  function sendSnapshot(): void {
    const shown = replica
      .since(0)
      .filter((entry) => scope.judge(entry) === 'show' && entry.expiresAt > now())
      .flatMap((entry) => shownOf(entry) ?? []);
    cursor = replica.version();
    write(`${retryLine()}${idLine(cursor)}${snapshotFrame(scope.topics, shown)}`);
  }

  function toText(entry: Entry): string {
    const verdict = scope.judge(entry);
    if (verdict === undefined) return '';
    const shown = verdict === 'show' ? shownOf(entry) : undefined;
    return `${idLine(entry.version)}${shown === undefined ? removeFrame(entry) : upsertFrame(shown)}`;
  }

  function advance(since = replica.since): void {
    if (blockedAt !== undefined || cursor >= replica.version()) return;
    const text = since(cursor).map(toText).join('');
    cursor = replica.version();
    if (text !== '') write(text);
  }

  /** The version of the last whole event is all it takes; an id that carries no data moves the client on as well. */
  const beat = () => write(`${idLine(cursor)}\n`);

  sink.on('drain', () => {
    blockedAt = undefined;
    advance();
  });
  const seen = parseId(lastId, scope);
  if (seen !== undefined && replica.remembers(seen)) {
    cursor = seen;
    write(`${retryLine()}${idLine(seen)}\n`);
    advance();
  } else {
    sendSnapshot();
  }
  return { advance, beat, sentAt: () => sentAt, blockedAt: () => blockedAt };
}
