import { finished, type Writable } from 'node:stream';
import { type Logger, UnauthorizedError } from '../contract/index.ts';
import type { Scope } from './scope.ts';
import type { Stream } from './stream.ts';
import type { LiveTiming } from './timing.ts';

interface ConnectionOptions {
  readonly stream: Stream;
  readonly scope: Scope;
  readonly sink: Writable;
  /** Who the browser speaks for now. @throws UnauthorizedError for nobody */
  readonly confirm: () => Promise<Scope>;
  readonly timing: LiveTiming;
  readonly log: Logger;
  readonly now: () => number;
}

/** Watches over one browser's connection: whether it is alive, read from, and still allowed. */
export interface Connection {
  /** To be called often. */
  readonly look: () => void;
  /** Ends it; the browser connects again and goes on where it was, if it still may. */
  readonly end: () => void;
  /** Resolves when it is over, whoever ended it. */
  readonly ended: Promise<void>;
}

export function createConnection(options: ConnectionOptions): Connection {
  const { stream, scope, sink, timing, log, now } = options;
  let confirmedAt = now();
  let askedAt = confirmedAt;

  function end(): void {
    // Who takes nothing would not take the end either.
    if (stream.blockedAt() === undefined) sink.end();
    else sink.destroy();
  }

  function cut(reason: string): void {
    log.info({ tenantId: scope.tenantId, memberId: scope.memberId, reason }, 'Ended a live connection');
    end();
  }

  async function confirm(): Promise<void> {
    askedAt = now();
    try {
      const { fingerprint } = await options.confirm();
      if (fingerprint === scope.fingerprint) confirmedAt = now();
      else cut('the member may see something else now');
    } catch (error) {
      if (error instanceof UnauthorizedError) cut('the member is not allowed any more');
      else if (now() - confirmedAt > timing.unconfirmed) cut('nobody can tell whether the member is still allowed');
    }
  }

  return {
    look() {
      if (sink.writableEnded) return;
      const blockedAt = stream.blockedAt();
      if (blockedAt !== undefined && now() - blockedAt > timing.blocked) return cut('the reader takes nothing');
      if (blockedAt === undefined && now() - stream.sentAt() >= timing.heartbeat) stream.beat();
      if (now() - askedAt >= timing.confirm) void confirm();
    },
    end,
    ended: new Promise((resolve) => {
      finished(sink, () => resolve());
    }),
  };
}
