import type { Logger } from '../contract/index.ts';
import { coalesce } from '../store/coalesce.ts';
import type { Entry, Reading } from './read.ts';
import { createReplica, type Replica } from './replica.ts';
import type { Stream } from './stream.ts';

interface FeedOptions {
  readonly tenantId: string;
  readonly log: Logger;
  readonly read: (tenantId: string, version: number) => Promise<Reading>;
}

/** One tenant's live feed in this process: read once, told to every stream. */
export interface Feed {
  readonly replica: Replica;
  readonly streams: Set<Stream>;
  /** Reads what is new and tells it. What was committed before the call is in the replica when it resolves. */
  readonly refresh: () => Promise<void>;
  /** Like `refresh`, for those who only pass on that there is something. */
  readonly wake: () => void;
}

export function createFeed({ tenantId, log, read }: FeedOptions): Feed {
  const replica = createReplica();
  const streams = new Set<Stream>();

  const refresh = coalesce(async () => {
    replica.apply(await read(tenantId, replica.version()));
    const since = rememberAnswers(replica.since);
    for (const stream of streams) stream.advance(since);
  });

  return {
    replica,
    streams,
    refresh,
    wake() {
      refresh().catch((error: unknown) => {
        log.warn({ tenantId, err: error }, 'Could not read the live feed; it is tried again');
      });
    },
  };
}

/** Nearly all streams have come equally far: what is new is worked out once. */
function rememberAnswers(since: Replica['since']): Replica['since'] {
  const answers = new Map<number, readonly Entry[]>();
  return (version) => {
    const answer = answers.get(version) ?? since(version);
    answers.set(version, answer);
    return answer;
  };
}
