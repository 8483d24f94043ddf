import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';
import type { Logger } from '../contract/index.ts';
import type { LeaseTables } from './tables.ts';

/** Work that must be done by one process of the hub at a time: a live link, a tenant's CRM session. */
export interface Leases {
  /**
   * Waits until the lease is free, runs the work, and renews the lease meanwhile. When the lease is lost (this process was
   * frozen, the database away too long) the inner signal aborts, and after the work has ended the wait begins anew.
   * Resolves when the outer signal aborts and the work has ended. Work that returns or throws early runs again after a pause.
   */
  readonly hold: (name: string, work: (signal: AbortSignal) => Promise<void>, signal: AbortSignal) => Promise<void>;
}

interface LeaseOptions {
  readonly db: Kysely<LeaseTables>;
  readonly log: Logger;
  /** How long a dead holder blocks the others, milliseconds. */
  readonly ttlMs?: number;
}

export function createLeases({ db, log, ttlMs = 15_000 }: LeaseOptions): Leases {
  const holder = randomUUID();
  const pauseMs = Math.round(ttlMs / 5);

  async function take(name: string): Promise<boolean> {
    const expires = sql<Date>`now() + ${ttlMs} * interval '1 millisecond'`;
    const taken = await db
      .insertInto('lease')
      .values({ name, holder, expires_at: expires })
      .onConflict((conflict) =>
        conflict
          .column('name')
          .doUpdateSet({ holder, expires_at: expires })
          .where((where) =>
            where.or([where('lease.holder', '=', holder), where('lease.expires_at', '<', sql<Date>`now()`)]),
          ),
      )
      .returning('name')
      .executeTakeFirst();
    return taken !== undefined;
  }

  async function release(name: string): Promise<void> {
    await db.deleteFrom('lease').where('name', '=', name).where('holder', '=', holder).execute();
  }

  /** Renews until the work has ended; aborts it once the lease may have passed to another process. */
  async function keep(name: string, work: AbortController, ended: AbortSignal): Promise<void> {
    let renewedAt = performance.now();
    while (!ended.aborted) {
      await pause(pauseMs, ended);
      if (ended.aborted) return;
      try {
        if (!(await take(name))) return work.abort(new Error('the lease passed to another process'));
        renewedAt = performance.now();
      } catch (error) {
        log.warn({ lease: name, err: error }, 'Could not renew a lease');
        if (performance.now() - renewedAt > ttlMs - pauseMs) work.abort(new Error('the lease could not be renewed'));
      }
    }
  }

  async function runHolding(name: string, work: (signal: AbortSignal) => Promise<void>, outer: AbortSignal) {
    const lost = new AbortController();
    const ended = new AbortController();
    const signal = AbortSignal.any([outer, lost.signal]);
    const keeping = keep(name, lost, ended.signal);
    try {
      await work(signal);
    } catch (error) {
      if (!signal.aborted) log.error({ lease: name, err: error }, 'Work under a lease failed');
    } finally {
      ended.abort();
      await keeping;
    }
  }

  return {
    async hold(name, work, signal) {
      while (!signal.aborted) {
        const held = await take(name).catch((error: unknown) => {
          log.warn({ lease: name, err: error }, 'Could not take a lease');
          return false;
        });
        if (held) {
          // The signal may have aborted while the lease was being taken.
          if (!signal.aborted) await runHolding(name, work, signal);
          await release(name).catch((error: unknown) =>
            log.warn({ lease: name, err: error }, 'Could not release a lease'),
          );
        }
        await pause(pauseMs, signal);
      }
    },
  };
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => undefined);
}
