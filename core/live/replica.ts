import type { Entry, Reading } from './read.ts';

/** A tenant's live feed in the memory of this process: small, because it holds only what happens now. */
export interface Replica {
  readonly version: () => number;
  /** Takes over what was read above `version()`. */
  readonly apply: (reading: Reading) => void;
  /** What changed after a version, oldest first. */
  readonly since: (version: number) => readonly Entry[];
  /** Whether `since` can tell everything that happened after that version. */
  readonly remembers: (version: number) => boolean;
}

export function createReplica(): Replica {
  /** In the order of versions: what changes moves to the end. */
  const entries = new Map<string, Entry>();
  let version = 0;
  let forgotten = 0;

  return {
    version: () => version,
    apply(reading) {
      version = reading.version;
      forgotten = reading.forgotten;
      for (const entry of reading.entries) {
        const name = `${entry.topic}/${entry.key}`;
        entries.delete(name);
        entries.set(name, entry);
      }
      for (const [name, entry] of entries) if (entry.removed && entry.version <= forgotten) entries.delete(name);
    },
    since: (from) => [...entries.values()].filter((entry) => entry.version > from),
    remembers: (from) => from >= forgotten && from <= version,
  };
}
