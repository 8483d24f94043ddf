import type { Writable } from 'node:stream';
import { type Clock, type Logger, RateLimitedError } from '../contract/index.ts';
import type { Database } from '../store/database.ts';
import { type Connection, createConnection } from './connection.ts';
import { every } from './every.ts';
import type { Feed } from './feed.ts';
import { startFeeds } from './feeds.ts';
import { createLens } from './lens.ts';
import { createScope, type Viewer } from './scope.ts';
import { startStream } from './stream.ts';
import { forgetRemovals, removeAbandoned, removeExpired } from './sweep.ts';
import { type LiveTiming, usualTiming } from './timing.ts';
import type { Topics } from './topics.ts';

/** What one browser asks for. */
export interface LiveRequest {
  /** Names of topics that exist. */
  readonly topics: readonly string[];
  /** Of the last event it has seen, if any. */
  readonly lastEventId: string | undefined;
  /**
   * Who asks; called at the beginning and several times a minute.
   * @throws UnauthorizedError when it is nobody, or nobody any more
   */
  readonly identify: () => Promise<Viewer>;
  /** Called once everything is ready. @returns where the events go */
  readonly accept: () => Writable;
}

/** The web processes' part of the live feed: shows browsers what happens now. */
export interface Live {
  readonly topics: Topics;
  /**
   * Begins to serve a connection, until the browser leaves or the feed ends it.
   * @throws UnauthorizedError; RateLimitedError for too many connections of one member, and at shutdown
   */
  readonly open: (request: LiveRequest) => Promise<void>;
  readonly connections: () => number;
  /** Ends every connection; the browsers come back elsewhere and miss nothing. */
  readonly close: () => Promise<void>;
}

interface LiveOptions {
  readonly database: Database;
  readonly topics: Topics;
  readonly log: Logger;
  readonly clock: Clock;
  readonly timing?: Partial<LiveTiming>;
}

/** Tabs and windows of one person in one process, those included whose end has not been noticed yet. */
const MOST_PER_MEMBER = 20;

export async function startLive({ database, topics, log, clock, timing: changed }: LiveOptions): Promise<Live> {
  const timing = { ...usualTiming, ...changed };
  const { db } = database;
  const feeds = await startFeeds({ database, log });
  const lens = createLens(topics, log);
  const connections = new Set<Connection>();
  const admitted = new Map<string, number>();
  let closed = false;

  function admit({ tenantId, memberId }: Viewer): { leave: () => void } {
    const name = `${tenantId}/${memberId}`;
    const count = (admitted.get(name) ?? 0) + 1;
    if (count > MOST_PER_MEMBER) throw tooMany();
    admitted.set(name, count);
    return {
      leave() {
        const left = (admitted.get(name) ?? 1) - 1;
        if (left === 0) admitted.delete(name);
        else admitted.set(name, left);
      },
    };
  }

  function serve(request: LiveRequest, viewer: Viewer, feed: Feed, leave: () => void): void {
    const sink = request.accept();
    const scope = createScope(viewer, request.topics, topics);
    const stream = startStream({ scope, replica: feed.replica, lens, sink, now: clock.now }, request.lastEventId);
    const confirm = async () => createScope(await request.identify(), request.topics, topics);
    const connection = createConnection({ stream, scope, sink, confirm, timing, log, now: clock.now });
    feed.streams.add(stream);
    connections.add(connection);
    void connection.ended.then(() => {
      connections.delete(connection);
      feed.streams.delete(stream);
      leave();
    });
  }

  async function open(request: LiveRequest): Promise<void> {
    if (closed) throw closing();
    const viewer = await request.identify();
    const { leave } = admit(viewer);
    const feed = feeds.enter(viewer.tenantId);
    const leaveBoth = () => {
      feeds.leave(viewer.tenantId);
      leave();
    };
    try {
      // Another process may have told this browser more than this process has read yet.
      await feed.refresh();
      if (closed) throw closing();
      serve(request, viewer, feed, leaveBoth);
    } catch (error) {
      leaveBoth();
      throw error;
    }
  }

  const repetitions = [
    every(timing.tick, 'connections', log, async () => connections.forEach((connection) => connection.look())),
    every(timing.poll, 'poll', log, feeds.catchUp),
    every(timing.expire, 'expiry', log, async () => await removeExpired(db)),
    every(timing.tidy, 'tidying', log, async () => {
      await removeAbandoned(db);
      await forgetRemovals(db);
    }),
  ];

  return {
    topics,
    open,
    connections: () => connections.size,
    async close() {
      closed = true;
      for (const connection of connections) connection.end();
      feeds.close();
      await Promise.all(repetitions.map((one) => one.close()));
    },
  };
}

function tooMany(): RateLimitedError {
  return new RateLimitedError(`A member has at most ${MOST_PER_MEMBER} live connections`, 30_000, {
    remedy: 'Close some windows.',
  });
}

/** Nothing is wrong: with the next attempt the browser reaches another process. */
function closing(): RateLimitedError {
  return new RateLimitedError('This process of the hub is stopping', 1_000, { remedy: 'Connect again.' });
}
