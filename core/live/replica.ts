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
  const entries = new Map<string, Entry>();
  /** What changed, in the order of versions; what changed again since is not taken out at once. */
  let history: Entry[] = [];
  let version = 0;
  let forgotten = 0;

  const isCurrent = (entry: Entry) => entries.get(nameOf(entry)) === entry;

  function forget(upTo: number): void {
    if (upTo === forgotten) return;
    forgotten = upTo;
    for (const [name, entry] of entries) if (entry.removed && entry.version <= forgotten) entries.delete(name);
  }

  return {
    version: () => version,
    apply(reading) {
      version = reading.version;
      for (const entry of reading.entries) {
        entries.set(nameOf(entry), entry);
        history.push(entry);
      }
      forget(reading.forgotten);
      if (history.length > 2 * entries.size + ROOM) history = history.filter(isCurrent);
    },
    since(from) {
      const first = history.findLastIndex((entry) => entry.version <= from) + 1;
      return history.slice(first).filter(isCurrent);
    },
    remembers: (from) => from >= forgotten && from <= version,
  };
}

/** So that a small feed is not tidied at every change. */
const ROOM = 100;

const nameOf = ({ topic, key }: Entry): string => `${topic}/${key}`;
