import { setTimeout as delay } from 'node:timers/promises';
import type pg from 'pg';
import { escapeIdentifier } from 'pg';

/** @param payload what the sender gave; `''` when it gave nothing */
export type NotificationHandler = (payload: string) => void;

export interface Listener {
  /**
   * Calls the handler for every notification on a channel. Notifications sent while the connection was down are lost:
   * `onReconnect` is the moment to look at the tables again.
   * @returns ends this subscription
   */
  readonly listen: (channel: string, handler: NotificationHandler, onReconnect?: () => void) => Promise<() => void>;
  readonly close: () => Promise<void>;
}

type Subscription = {
  readonly channel: string;
  readonly handler: NotificationHandler;
  readonly onReconnect?: () => void;
};

/** One connection for all channels of a process, opened by the first `listen` and brought back whenever it breaks. */
export function createListener(newClient: () => pg.Client): Listener {
  const subscriptions = new Set<Subscription>();
  const stopping = new AbortController();
  let session: Promise<pg.Client | undefined> | undefined;
  let lastSubscribed: Promise<void> = Promise.resolve();

  /** One after the other: a connection takes one statement at a time. */
  const subscribeInTurn = async (client: pg.Client, channel: string): Promise<void> => {
    const turn = lastSubscribed.then(() => subscribe(client, channel));
    lastSubscribed = turn.catch(() => {});
    await turn;
  };

  const open = async (): Promise<pg.Client> => {
    const client = newClient();
    // A broken connection also emits `end`, which is where it is handled.
    client.on('error', () => {});
    client.on('notification', ({ channel, payload }) => {
      for (const each of subscriptions) if (each.channel === channel) each.handler(payload ?? '');
    });
    try {
      await client.connect();
      for (const channel of new Set([...subscriptions].map((each) => each.channel))) await subscribe(client, channel);
    } catch (error) {
      await client.end();
      throw error;
    }
    client.once('end', () => {
      if (!stopping.signal.aborted) session = reopen();
    });
    return client;
  };

  const reopen = async (): Promise<pg.Client | undefined> => {
    for (let pauseMs = 50; !stopping.signal.aborted; pauseMs = Math.min(pauseMs * 2, 5000)) {
      await delay(pauseMs, undefined, { signal: stopping.signal }).catch(() => {});
      const client = stopping.signal.aborted ? undefined : await open().catch(() => undefined);
      if (client === undefined) continue;
      for (const each of subscriptions) each.onReconnect?.();
      return client;
    }
    return undefined;
  };

  return {
    listen: async (channel, handler, onReconnect) => {
      const subscription = { channel, handler, ...(onReconnect && { onReconnect }) };
      subscriptions.add(subscription);
      try {
        session ??= open();
        const client = await session;
        if (client !== undefined) await subscribeInTurn(client, channel);
      } catch (error) {
        subscriptions.delete(subscription);
        session = undefined;
        throw error;
      }
      return () => void subscriptions.delete(subscription);
    },
    close: async () => {
      stopping.abort();
      subscriptions.clear();
      const client = await session?.catch(() => undefined);
      await client?.end();
    },
  };
}

async function subscribe(client: pg.Client, channel: string): Promise<void> {
  await client.query(`listen ${escapeIdentifier(channel)}`);
}
