import { type KeptCalls, withOtherTabs, withoutDone } from './kept.ts';

/** The desk's memory in this browser, of one member in one workspace: all tabs have the same. */
export interface Keeping {
  readonly load: () => KeptCalls;
  /** Keeps it beside what other tabs have kept meanwhile. */
  readonly save: (kept: KeptCalls) => void;
  /** Tells what to make of it when another tab keeps something else. @returns ends this */
  readonly watch: (onOther: (next: (own: KeptCalls) => KeptCalls) => void) => () => void;
}

export function createKeeping(tenant: string, memberId: string): Keeping {
  const name = `switchboard.desk.${tenant}.${memberId}`;
  const load = (): KeptCalls => {
    try {
      return read(localStorage.getItem(name));
    } catch {
      return {};
    }
  };
  return {
    load,
    save(kept) {
      try {
        localStorage.setItem(name, JSON.stringify(withOtherTabs(kept, load())));
      } catch {
        // No room, or storage is forbidden: the page works without, and forgets with a reload.
      }
    },
    watch(onOther) {
      const take = ({ key, oldValue, newValue }: StorageEvent) => {
        if (key !== name) return;
        const [before, after] = [read(oldValue), read(newValue)];
        onOther((own) => withOtherTabs(withoutDone(own, before, after), after));
      };
      window.addEventListener('storage', take);
      return () => window.removeEventListener('storage', take);
    },
  };
}

function read(text: string | null): KeptCalls {
  try {
    return JSON.parse(text ?? '{}') as KeptCalls;
  } catch {
    return {};
  }
}
