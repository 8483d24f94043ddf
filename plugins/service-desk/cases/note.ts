import type { CrmReader } from '@switchboard/core/contract';
import { caseWork } from '../live/case-work.ts';
import type { Author, Context } from '../services.ts';
import { addEntry } from './entries.ts';
import { findCase } from './find.ts';
import { once } from './once.ts';
import { lockRow } from './pending.ts';

export interface NewNote {
  readonly requestId: string;
  readonly caseId: string;
  readonly text: string;
}

/** Adds to what was written about a case. Notes are never changed, so two people who write at once have both written. @throws NotFoundError */
export async function addNote(
  context: Context,
  { author, crm }: { readonly author: Author; readonly crm: CrmReader },
  { requestId, caseId, text }: NewNote,
): Promise<object> {
  const { tables, clock } = context;
  await findCase({ tables, crm, now: clock.now() }, caseId);
  const at = new Date(clock.now());
  return await once(context.commit, { memberId: author.id, requestId, asked: { caseId, text } }, async (own) => {
    await lockRow(own, caseId);
    const by = { memberId: author.id, memberName: author.name };
    const entry = await addEntry(own, { ...by, kind: 'NOTE', at, caseId, body: text });
    const news = { kind: 'noted', byId: author.id, by: author.name, fields: [] } as const;
    const touched = { object: 'serviceCase', id: caseId, fields: { lastActivityAt: at.toISOString() } };
    return {
      answer: {},
      changes: { writes: [touched], journal: [entry], live: [await caseWork(own, caseId, at.getTime(), news)] },
    };
  });
}
