import {
  callAnswered,
  callEnded,
  defineJob,
  type EventSubscription,
  handle,
  job,
  mailReceived,
  on,
  recordCreated,
  recordDeleted,
  recordUpdated,
  type Schedule,
  sql,
  thisTenant,
} from '@switchboard/core/contract';
import { z } from 'zod';
import type { Context } from '../services.ts';
import { catchUp, entriesOf, refresh } from './keep.ts';
import { countGrams, dropEntry, keepEntries, type TraitObject } from './store.ts';

const object = z.enum(['malfunction', 'serviceCase', 'phoneCall']);

/** Takes over one record as it is by now. */
const refreshOne = defineJob({ name: 'service-desk.refresh-traits', payload: z.object({ object, id: z.uuid() }) });

/** Goes through all folders and cases, page by page: after the first start, and every night for what was overheard. */
const fillTraits = defineJob({
  name: 'service-desk.fill-traits',
  payload: z.object({ object: z.enum(['malfunction', 'serviceCase']), after: z.uuid().nullable(), round: z.string() }),
  lane: 'bulk',
});

const PAGE = 500;

const refreshHandler = handle<Context, typeof refreshOne.payload>(
  refreshOne,
  async ({ crm, tables, clock }, payload) => {
    await refresh({ crm, tables, now: clock.now() }, payload.object, [payload.id]);
  },
);

const fill = handle<Context, typeof fillTraits.payload>(fillTraits, async (context, payload) => {
  const { crm, tables, clock, commit } = context;
  const { after } = payload;
  const round = payload.round === '' ? new Date(clock.now()).toISOString() : payload.round;
  const records = await crm.all(payload.object, { limit: PAGE, ...(after === null ? {} : { after }) });
  const sources = { crm, tables, now: clock.now() };
  await keepEntries(tables, await entriesOf(sources, payload.object, records));
  const last = records.at(-1);
  if (last !== undefined && records.length === PAGE) {
    const next = { object: payload.object, after: last.id, round };
    await commit({ jobs: [job(fillTraits, next, `${round}/${payload.object}/${last.id}`)] });
  } else if (payload.object === 'malfunction') {
    await commit({ jobs: [job(fillTraits, { object: 'serviceCase', after: null, round }, `${round}/serviceCase`)] });
  } else {
    await catchUp(sources);
    await commit({ rows: countGrams });
  }
});

/** Begins at the first question of a tenant: whoever has cases already does not wait for the night. */
export async function fillOnce({ tables, commit }: Pick<Context, 'tables' | 'commit'>): Promise<void> {
  const [known] = await tables.query<{ texts: number }>(sql`
    select texts from service_desk_suggesting where tenant_id = ${thisTenant}`);
  if ((known?.texts ?? 0) > 0) return;
  await commit({ jobs: [job(fillTraits, { object: 'malfunction', after: null, round: 'first' }, 'first')] });
}

export const suggestJobs = [refreshHandler, fill];

export const suggestSchedules: readonly Schedule[] = [
  {
    name: 'fill-traits',
    every: { cron: '23 2 * * *' },
    type: fillTraits,
    payload: { object: 'malfunction', after: null, round: '' },
  },
];

const kinds: readonly string[] = object.options;
const isKind = (name: string): name is TraitObject => kinds.includes(name);

const changed = async (
  { crm, tables, clock }: Context,
  payload: { readonly object: string; readonly recordId: string },
) => {
  if (isKind(payload.object)) await refresh({ crm, tables, now: clock.now() }, payload.object, [payload.recordId]);
};

/** A call has a record, and a mail its case, soon after it is told. */
const SOON_MS = 5000;

const soon = async ({ commit }: Context, kind: TraitObject, id: string, key: string) => {
  await commit({ jobs: [job(refreshOne, { object: kind, id }, key, SOON_MS)] });
};

export const suggestEvents: readonly EventSubscription<Context>[] = [
  on<Context, typeof recordCreated.payload>(
    recordCreated,
    async (context, { payload }) => await changed(context, payload),
  ),
  on<Context, typeof recordUpdated.payload>(
    recordUpdated,
    async (context, { payload }) => await changed(context, payload),
  ),
  on<Context, typeof recordDeleted.payload>(recordDeleted, async ({ tables }, { payload }) => {
    if (isKind(payload.object)) await dropEntry(tables, payload.object, payload.recordId);
  }),
  on<Context, typeof callAnswered.payload>(callAnswered, async (context, { payload: { callId } }) => {
    await soon(context, 'phoneCall', callId, `${callId}/answered`);
  }),
  on<Context, typeof callEnded.payload>(callEnded, async (context, { payload: { callId, outcome } }) => {
    await soon(context, 'phoneCall', callId, `${callId}/${outcome}`);
  }),
  on<Context, typeof mailReceived.payload>(mailReceived, async (context, { payload: { caseId } }) => {
    if (caseId !== null) await soon(context, 'serviceCase', caseId, `${caseId}/mail`);
  }),
];
