import {
  caseDueSoon,
  caseOverdue,
  type CrmRecord,
  defineJob,
  event,
  handle,
  job,
  type PlainChanges,
  type PluginTables,
  type Schedule,
} from '@switchboard/core/contract';
import { z } from 'zod';
import { addEntry } from '../cases/entries.ts';
import { awaiting, keepPending, lockRow, withPending } from '../cases/pending.ts';
import { caseWork } from '../live/case-work.ts';
import type { Context } from '../services.ts';
import { type PromiseClock, toTell, turned } from './clock.ts';
import { changesOf, reckoningOf, shownBy } from './keep.ts';
import { clockStateOf } from './promise.ts';
import { casesDue, clocksOf, dropClocks, keepClock, lookAgain } from './store.ts';

/** Tells of promises that are about to be broken, and of those that were. */
const watchPromises = defineJob({ name: 'service-desk.watch-promises', payload: z.object({}) });

const EVERY_MS = 30_000;
/** Each is a transaction of its own. After a long time away there are more, and the job comes again at once. */
const MOST_AT_ONCE = 200;

export const watchSchedule: Schedule = {
  name: 'watch-promises',
  every: { ms: EVERY_MS },
  type: watchPromises,
  payload: {},
};

export const watchHandler = handle<Context, typeof watchPromises.payload>(watchPromises, async (context, _, { id }) => {
  const due = await casesDue(context.tables, new Date(context.clock.now()), MOST_AT_ONCE);
  for (const caseId of due) await tellOf(context, caseId);
  if (due.length >= MOST_AT_ONCE) await context.commit({ jobs: [job(watchPromises, {}, `after/${id}`)] });
});

/** Tells what there is to tell of one case, each once: what was told is kept with it. */
export async function tellOf(
  context: Pick<Context, 'commit' | 'crm' | 'clock' | 'config' | 'tenant'>,
  caseId: string,
): Promise<void> {
  const record = await context.crm.get('serviceCase', caseId);
  await context.commit({
    rows: async (tables) => {
      const row = await lockRow(tables, caseId);
      const now = context.clock.now();
      const current = withPending(caseId, record, row, now);
      if (current === undefined) {
        await (row.deletedAt === null ? lookAgain(tables, caseId, new Date(now)) : dropClocks(tables, caseId));
        return undefined;
      }
      const told = await tellClocks(tables, context, current, now);
      const fields = changesOf(current, shownBy(told.clocks));
      if (Object.keys(fields).length > 0) await keepPending(tables, caseId, awaiting(record, row.pending, fields, now));
      return {
        ...told.changes,
        writes: [{ object: 'serviceCase', id: caseId, fields }],
        live: [await caseWork(tables, caseId, now)],
      };
    },
  });
}

interface Told {
  readonly clocks: readonly PromiseClock[];
  readonly changes: PlainChanges;
}

async function tellClocks(
  tables: PluginTables,
  context: Pick<Context, 'config' | 'tenant'>,
  serviceCase: CrmRecord,
  now: number,
): Promise<Told> {
  const clocks: PromiseClock[] = [];
  const journal = [];
  const events = [];
  for (const before of await clocksOf(tables, serviceCase.id)) {
    // What the clock has not heard of, such as a change while the hub was away, counts before anything is told.
    const state = clockStateOf(before.kind, serviceCase);
    const clock = turned(before, { state, promised: before }, now, reckoningOf(context));
    const news = toTell(clock, now);
    const next = news === undefined ? clock : { ...clock, [news === 'breach' ? 'brokenAt' : 'warnedAt']: now };
    if (next !== before) await keepClock(tables, serviceCase.id, next);
    clocks.push(next);
    if (news === undefined || next.dueAt === null) continue;
    const dueAt = new Date(next.dueAt).toISOString();
    journal.push(await addEntry(tables, entryOf(serviceCase.id, next, { news, dueAt, now })));
    events.push(eventOf(serviceCase, next, { news, dueAt }));
  }
  return { clocks, changes: { journal, events } };
}

interface News {
  readonly news: 'warning' | 'breach';
  readonly dueAt: string;
}

function entryOf(caseId: string, { kind }: PromiseClock, { news, dueAt, now }: News & { readonly now: number }) {
  return {
    kind: 'PROMISE' as const,
    at: new Date(now),
    memberId: null,
    memberName: '',
    caseId,
    after: {
      [kind === 'response' ? 'responseDueAt' : 'resolveDueAt']: dueAt,
      serviceState: news === 'breach' ? 'BREACHED' : 'AT_RISK',
    },
  };
}

function eventOf(serviceCase: CrmRecord, { kind, target }: PromiseClock, { news, dueAt }: News) {
  const { id, number, assigneeId } = serviceCase;
  const payload = {
    caseId: id,
    number: typeof number === 'string' ? number : '',
    promise: kind,
    dueAt,
    assigneeId: typeof assigneeId === 'string' && assigneeId !== '' ? assigneeId : null,
  };
  return event(news === 'breach' ? caseOverdue : caseDueSoon, payload, `${id}/${kind}/${target}/${dueAt}`);
}
