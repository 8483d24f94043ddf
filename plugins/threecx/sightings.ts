import type { Clock, KeyValueStore } from '@switchboard/core/contract';

const WRITE_EVERY_MS = 60_000;

/** When 3CX was last heard of, so that `check` can tell a template that is installed from one that is not. */
export type Sightings = {
  readonly note: (what: Sighting) => Promise<void>;
  readonly last: (what: Sighting) => Promise<Date | undefined>;
};

/** `live`: Call Control answers. `ledger`: the call log was read. */
type Sighting = 'lookup' | 'call' | 'live' | 'ledger';

/** Writes at most once a minute per process: a lookup at ring time must stay cheap. */
export function createSightings(store: KeyValueStore, clock: Clock): Sightings {
  const written = new Map<Sighting, number>();
  return {
    async note(what) {
      const now = clock.now();
      if (now - (written.get(what) ?? Number.NEGATIVE_INFINITY) < WRITE_EVERY_MS) return;
      written.set(what, now);
      await store.set(`seen/${what}`, new Date(now).toISOString());
    },
    async last(what) {
      const seen = await store.get(`seen/${what}`);
      return typeof seen === 'string' ? new Date(seen) : undefined;
    },
  };
}
