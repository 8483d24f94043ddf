import { type CrmReader, NotFoundError } from '@switchboard/core/contract';
import { caseWork } from '../live/case-work.ts';
import type { Author, Context } from '../services.ts';
import { type Filing, fileCall, lockCall } from './calls.ts';
import { addEntry } from './entries.ts';
import { findCase } from './find.ts';
import { once } from './once.ts';
import { lockRow } from './pending.ts';

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
  | ({ readonly outcome: 'filed-elsewhere' } & Filing);

/** Says that a call is about a case or a malfunction that there is. @throws NotFoundError */
export async function attachCall(
  context: Context,
  { author, crm }: { readonly author: Author; readonly crm: CrmReader },
  wanted: Attachment,
): Promise<Attached> {
  const { tables, clock } = context;
  const { requestId, callId, note, to } = wanted;
  if ('caseId' in to) await findCase({ tables, crm, now: clock.now() }, to.caseId);
  else await findMalfunction(crm, to.malfunctionId);
  const asked = { callId, to, note, isMove: wanted.isMove };
  const at = new Date(clock.now());
  return await once<Attached>(context.commit, { memberId: author.id, requestId, asked }, async (own) => {
    const filed = await lockCall(own, callId, at);
    // A call may be about a case and about a malfunction; of each about one.
    const target: Filing = { ...filed, ...to };
    const isElsewhere = isMoved(filed.caseId, target.caseId) || isMoved(filed.malfunctionId, target.malfunctionId);
    if (isElsewhere && !wanted.isMove) return { answer: { outcome: 'filed-elsewhere', ...filed }, changes: {} };
    const by = { memberId: author.id, memberName: author.name, at, callId, ...nowhere, ...to };
    const entries = [await addEntry(own, { ...by, kind: 'LINKED' })];
    if (note !== '') entries.push(await addEntry(own, { ...by, kind: 'NOTE', body: note }));
    const caseId = 'caseId' in to ? to.caseId : null;
    if (caseId !== null) await lockRow(own, caseId);
    const news = { kind: 'noted', byId: author.id, by: author.name, fields: [] } as const;
    return {
      answer: { outcome: 'attached', ...target },
      changes: {
        journal: entries,
        jobs: [await fileCall(own, callId, target, at)],
        live: caseId === null ? [] : [await caseWork(own, caseId, at.getTime(), news)],
      },
    };
  });
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
