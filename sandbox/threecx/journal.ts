/** What happened at the PBX, newest last, for people and scripts to read. */
export type Journal = {
  readonly add: (kind: JournalEntry['kind'], result: unknown) => void;
  readonly entries: () => readonly JournalEntry[];
};

export type JournalEntry = {
  readonly at: string;
  readonly kind: 'template' | 'call' | 'scenario' | 'chat' | 'search' | 'contact';
  readonly result: unknown;
};

const KEPT = 500;

export function createJournal(now: () => number, log: (message: string, fields: object) => void): Journal {
  const entries: JournalEntry[] = [];
  return {
    add(kind, result) {
      entries.push({ at: new Date(now()).toISOString(), kind, result });
      if (entries.length > KEPT) entries.shift();
      log('3CX stand-in', { kind });
    },
    entries: () => [...entries],
  };
}
