import type { Logger } from '../contract/index.ts';
import type { Database } from '../store/database.ts';
import { createFeed, type Feed } from './feed.ts';
import { liveChannel } from './head.ts';
import { readHeads, readSince } from './read.ts';

/** The feeds of the tenants that somebody looks at in this process. */
export interface Feeds {
  /** Keeps the tenant's feed until `leave` was called as often. */
  readonly enter: (tenantId: string) => Feed;
  readonly leave: (tenantId: string) => void;
  /** Reads those that are behind, though no notification told so. */
  readonly catchUp: () => Promise<void>;
  readonly close: () => void;
}

type Visited = { readonly feed: Feed; visitors: number };

export async function startFeeds({ database, log }: { database: Database; log: Logger }): Promise<Feeds> {
  const visited = new Map<string, Visited>();
  const read = (tenantId: string, version: number) => readSince(database.db, tenantId, version);

  const stopListening = await database.listen(
    liveChannel,
    (tenantId) => visited.get(tenantId)?.feed.wake(),
    () => {
      for (const { feed } of visited.values()) feed.wake();
    },
  );

  return {
    enter(tenantId) {
      const known = visited.get(tenantId) ?? { feed: createFeed({ tenantId, log, read }), visitors: 0 };
      known.visitors += 1;
      visited.set(tenantId, known);
      return known.feed;
    },
    leave(tenantId) {
      const known = visited.get(tenantId);
      if (known === undefined) return;
      known.visitors -= 1;
      if (known.visitors === 0) visited.delete(tenantId);
    },
    async catchUp() {
      const heads = await readHeads(database.db, [...visited.keys()]);
      for (const [tenantId, { feed }] of visited) if ((heads.get(tenantId) ?? 0) > feed.replica.version()) feed.wake();
    },
    close: stopListening,
  };
}
