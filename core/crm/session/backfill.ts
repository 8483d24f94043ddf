import type { Clock, Logger } from '../../contract/context.ts';
import type { SyncState } from '../mirror/sync-state.ts';

/** How far the first copy of a tenant's records has come, over all objects. */
export type BackfillProgress = {
  readonly copied: number;
  readonly total: number;
  readonly recordsPerMinute: number;
  /** Estimated from the rate so far; undefined until there is one. */
  readonly secondsLeft: number | undefined;
};

export interface Backfill {
  /** Takes over how far the objects have come. */
  readonly begin: (states: readonly SyncState[]) => void;
  readonly copied: (rows: number) => void;
  /** Undefined while there is nothing to copy. */
  readonly progress: () => BackfillProgress | undefined;
}

const minuteMs = 60_000;
/** Log lines come at every tenth of the way, and at least this often. */
const quietMs = 30_000;

export function createBackfill(tenantId: string, log: Logger, clock: Clock): Backfill {
  let total = 0;
  let atStart = 0;
  let copied = 0;
  let startedAt = 0;
  let logged = { at: 0, tenth: 0 };

  function progress(): BackfillProgress | undefined {
    if (total === 0) return undefined;
    const perMs = (copied - atStart) / Math.max(1, clock.now() - startedAt);
    return {
      copied,
      total,
      recordsPerMinute: Math.round(perMs * minuteMs),
      secondsLeft: perMs > 0 ? Math.ceil(Math.max(0, total - copied) / perMs / 1000) : undefined,
    };
  }

  function tell(): void {
    const now = clock.now();
    const tenth = Math.floor((copied / total) * 10);
    if (tenth === logged.tenth && now - logged.at < quietMs) return;
    logged = { at: now, tenth };
    log.info({ tenantId, ...progress() }, 'Copying the records from Twenty');
  }

  return {
    begin: (states) => {
      const open = states.filter(({ copied_at }) => copied_at === null);
      if (open.length === 0) {
        if (total > 0) log.info({ tenantId, records: total }, 'The records are copied from Twenty');
        total = 0;
        return;
      }
      const sum = (list: readonly SyncState[], of: (state: SyncState) => number) =>
        list.reduce((all, state) => all + of(state), 0);
      const isNew = total === 0;
      total = sum(states, (state) => Math.max(state.total ?? 0, state.copied));
      copied = sum(states, (state) => state.copied);
      if (!isNew) return;
      startedAt = clock.now();
      atStart = copied;
    },
    copied: (rows) => {
      copied += rows;
      tell();
    },
    progress,
  };
}
