import { type CrmReader, type CrmRecord, NotFoundError, type PluginTables } from '@switchboard/core/contract';
import { caseWork } from '../live/case-work.ts';
import { linkOf } from '../malfunctions/call-state.ts';
import { isEnded, statusFollows } from '../map.ts';
import { survivorOf } from '../merge/store.ts';
import { holdCases, nothingTouched, touch, type Touched } from '../merge/touch.ts';
import type { Author, Context } from '../services.ts';
import { afterEnd } from './again.ts';
import { type Filing, fileCall, lockCall } from './calls.ts';
import { addEntry } from './entries.ts';
import { findCase } from './find.ts';
import { once } from './once.ts';

export interface Attachment {
  readonly requestId: string;
  readonly callId: string;
  readonly to: { readonly caseId: string } | { readonly malfunctionId: string };
  readonly note: string;
  /** Although the call is filed elsewhere already. */
  readonly isMove: boolean;
}

export type Attached =
  | ({ readonly outcome: 'attached' } & Filing)
  /** Somebody was faster: the call is filed there. Nothing was changed. */
  | ({ readonly outcome: 'filed-elsewhere' } & Filing)
  /** The case is over for good: nothing was changed. A new case may follow it. */
  | { readonly outcome: 'over'; readonly caseId: string };

/** Says that a call is about a case or a malfunction that there is. A case that was solved a short time ago is open again then. @throws NotFoundError */
export async function attachCall(
  context: Context,
  { author, crm }: { readonly author: Author; readonly crm: CrmReader },
  wanted: Attachment,
): Promise<Attached> {
  const { tables, clock } = context;
  const { requestId, callId, note, to } = wanted;
  if ('caseId' in to) await findCase({ tables, crm, now: clock.now() }, to.caseId);
  else await findMalfunction(crm, to.malfunctionId);
  // What was merged goes on in another case.
  const goal = 'caseId' in to ? { caseId: await survivorOf(tables, to.caseId) } : to;
  const record = 'caseId' in goal ? await context.crm.get('serviceCase', goal.caseId) : undefined;
  const call = await context.crm.get('phoneCall', callId);
  const asked = { callId, to, note, isMove: wanted.isMove };
  const at = new Date(clock.now());
  return await once<Attached>(context.commit, { memberId: author.id, requestId, asked }, async (own) => {
    const filed = await lockCall(own, callId, at);
    // A call may be about a case and about a malfunction; of each about one.
    const target: Filing = { ...filed, ...goal };
    const isElsewhere = isMoved(filed.caseId, target.caseId) || isMoved(filed.malfunctionId, target.malfunctionId);
    if (isElsewhere && !wanted.isMove) return { answer: { outcome: 'filed-elsewhere', ...filed }, changes: {} };
    const about = { author, at, call, record };
    const opened = 'caseId' in goal ? await comeBack(own, context, goal.caseId, about) : nothingTouched;
    if (opened === 'over') return { answer: { outcome: 'over', caseId: target.caseId ?? '' }, changes: {} };
    const by = { memberId: author.id, memberName: author.name, at, callId, ...nowhere, ...goal };
    const entries = [await addEntry(own, { ...by, kind: 'LINKED' })];
    if (note !== '') entries.push(await addEntry(own, { ...by, kind: 'NOTE', body: note }));
    const caseId = 'caseId' in goal ? goal.caseId : null;
    const news = { kind: 'noted', byId: author.id, by: author.name, fields: [] } as const;
    return {
      answer: { outcome: 'attached', ...target },
      changes: {
        journal: entries,
        writes: opened.writes,
        jobs: [...opened.jobs, await fileCall(own, callId, target, at)],
        live: [...opened.live, ...(caseId === null ? [] : [await caseWork(own, caseId, at.getTime(), news)])],
      },
    };
  });
}

interface ComingBack {
  readonly author: Author;
  readonly at: Date;
  readonly call: CrmRecord | undefined;
  readonly record: CrmRecord | undefined;
}

const unanswered = new Set<unknown>(['MISSED', 'NOT_ANSWERED']);

/** Whoever was on the line has been answered; and what was solved is open again, as far as the rules of the tenant have it so. */
async function comeBack(
  tables: PluginTables,
  context: Context,
  caseId: string,
  { author, at, call, record }: ComingBack,
): Promise<Touched | 'over'> {
  const records = new Map(record === undefined ? [] : [[caseId, record]]);
  const held = (await holdCases(tables, [caseId], records, at.getTime())).get(caseId);
  const current = held?.current;
  if (held === undefined || current === undefined) return nothingTouched;
  const isOver = isEnded(current['status']);
  if (isOver && afterEnd(current, at, context.config.reopenDays) === 'follow-up') return 'over';
  const before = { status: current['status'], reopenCount: current['reopenCount'] };
  const isAnswered = linkOf(current, 'firstResponseAt') !== null || unanswered.has(call?.['outcome']);
  const fields = {
    ...(isOver ? { status: 'OPEN', ...statusFollows(before, 'OPEN', at.toISOString()) } : {}),
    ...(isAnswered ? {} : { firstResponseAt: at.toISOString() }),
  };
  if (Object.keys(fields).length === 0) return nothingTouched;
  return await touch(tables, { ...held, current }, { context, author, at, fields });
}

const nowhere: Filing = { caseId: null, malfunctionId: null };

function isMoved(before: string | null, after: string | null): boolean {
  return before !== null && before !== after;
}

async function findMalfunction(crm: CrmReader, id: string): Promise<void> {
  if ((await crm.get('malfunction', id)) !== undefined) return;
  throw new NotFoundError('There is no such malfunction', {
    field: 'body.to.malfunctionId',
    remedy: 'It may have been deleted in Twenty, or your role may not see it.',
  });
}
