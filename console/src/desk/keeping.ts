import { hasNews, type KeptCalls, withOtherTabs, withoutDone } from './kept.ts';

type Next = (own: KeptCalls) => KeptCalls;

/** The desk's memory in this browser, of one member in one workspace: all tabs have the same. */
export interface Keeping {
  readonly load: () => KeptCalls;
  /** Keeps it together with what other tabs have kept meanwhile. @returns what to make of the own calls, where they had something newer */
  readonly save: (kept: KeptCalls) => Next | undefined;
  /** Tells the same when another tab keeps something else. @returns ends this */
  readonly watch: (onOther: (next: Next) => void) => () => void;
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
      const other = load();
      const isBehind = hasNews(other, kept);
      try {
        localStorage.setItem(name, JSON.stringify(isBehind ? withOtherTabs(kept, other) : kept));
      } catch {
        // No room, or storage is forbidden: the page works without, and forgets with a reload.
      }
      return isBehind ? (own) => withOtherTabs(own, other) : undefined;
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
