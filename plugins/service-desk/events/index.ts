import {
  callAnswered,
  callEnded,
  type EventSubscription,
  job,
  mailReceived,
  mailSent,
  on,
  recordCreated,
  recordDeleted,
  recordUpdated,
  sql,
  thisTenant,
} from '@switchboard/core/contract';
import { numberCase } from '../cases/number-case.ts';
import { caseWork } from '../live/case-work.ts';
import { noteMergedChange, separateDeleted } from '../merge/undo.ts';
import { dropClocks } from '../promises/store.ts';
import { noteResponse } from '../promises/response.ts';
import { writeCallLink } from '../jobs/work.ts';
import type { Context } from '../services.ts';
import { noteOutsideChange } from '../cases/outside.ts';

/** A call has a record soon after somebody answered. */
const RECORD_COMES_MS = 3000;

const answered = on<Context, typeof callAnswered.payload>(callAnswered, async ({ commit }, { payload: { callId } }) => {
  await commit({ jobs: [job(writeCallLink, { callId, isOver: false }, `${callId}/answered`, RECORD_COMES_MS)] });
});

const over = on<Context, typeof callEnded.payload>(callEnded, async ({ commit }, { payload: { callId, outcome } }) => {
  await commit({ jobs: [job(writeCallLink, { callId, isOver: true }, `${callId}/${outcome}`)] });
});

const mailOpened = on<Context, typeof mailReceived.payload>(mailReceived, async (context, { payload }) => {
  const { caseId, outcome } = payload;
  if (caseId !== null && (outcome === 'case-opened' || outcome === 'followed-up')) await numberCase(context, caseId);
});

/** What the hub sends by itself, such as that a mail has come in, is no answer. */
const mailLeft = on<Context, typeof mailSent.payload>(mailSent, async (context, { payload }) => {
  const { caseId, memberId, sentAt } = payload;
  if (caseId !== null && memberId !== null) await noteResponse(context, caseId, new Date(sentAt));
});

const created = on<Context, typeof recordCreated.payload>(recordCreated, async (context, { payload }) => {
  if (payload.object === 'serviceCase') await numberCase(context, payload.recordId);
});

const updated = on<Context, typeof recordUpdated.payload>(recordUpdated, async (context, { payload, occurredAt }) => {
  if (payload.object !== 'serviceCase') return;
  await noteOutsideChange(context, payload.recordId, { fields: payload.updatedFields ?? [], at: occurredAt });
  await noteMergedChange(context, payload.recordId, payload.updatedFields ?? []);
});

const deleted = on<Context, typeof recordDeleted.payload>(recordDeleted, async (context, { payload }) => {
  if (payload.object !== 'serviceCase') return;
  const { recordId } = payload;
  const { commit, clock } = context;
  await commit({
    rows: async (tables) => {
      await tables.query(sql`
        insert into service_desk_case (tenant_id, case_id, deleted_at)
        values (${thisTenant}, ${recordId}, ${new Date(clock.now())})
        on conflict (tenant_id, case_id) do update set deleted_at = excluded.deleted_at`);
      await dropClocks(tables, recordId);
      const news = { kind: 'deleted', byId: null, by: '', fields: [] } as const;
      return { live: [await caseWork(tables, recordId, clock.now(), news)] };
    },
  });
  await separateDeleted(context, recordId);
});

export const events: readonly EventSubscription<Context>[] = [
  answered,
  over,
  mailOpened,
  mailLeft,
  created,
  updated,
  deleted,
];
