import type { KeptCalls } from './kept.ts';

/** The desk's memory in this browser, of one member in one workspace. */
export interface Keeping {
  readonly load: () => KeptCalls;
  readonly save: (kept: KeptCalls) => void;
}

export function createKeeping(tenant: string, memberId: string): Keeping {
  const name = `switchboard.desk.${tenant}.${memberId}`;
  return {
    load() {
      try {
        return JSON.parse(localStorage.getItem(name) ?? '{}') as KeptCalls;
      } catch {
        return {};
      }
    },
    save(kept) {
      try {
        localStorage.setItem(name, JSON.stringify(kept));
      } catch {
        // No room, or storage is forbidden: the page works without, and forgets with a reload.
      }
    },
  };
}
