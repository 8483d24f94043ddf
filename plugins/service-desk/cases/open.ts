import type { CrmReader, PluginTables } from '@switchboard/core/contract';
import { caseWork } from '../live/case-work.ts';
import { dayChanged } from '../live/day.ts';
import { asMarkdown, caseName } from '../map.ts';
import { keepLink } from '../merge/links.ts';
import { type Covering, coverNew, keepPromises } from '../promises/keep.ts';
import type { Author, Context } from '../services.ts';
import { fileCall, lockCall } from './calls.ts';
import { addEntry } from './entries.ts';
import { findCase } from './find.ts';
import { checkLinks } from './links.ts';
import { nextNumber, noteNumber, prepareNumbers } from './numbers.ts';
import { once } from './once.ts';
import { awaiting, keepPending, lockRow } from './pending.ts';

export interface NewCase {
  readonly requestId: string;
  /** The call that it is about; it may ring still. */
  readonly callId?: string | undefined;
  /** Opens one more although the call is filed under a case already. */
  readonly isAnother: boolean;
  readonly note: string;
  /** The case that is over and that this one follows. */
  readonly followsId?: string | undefined;
  readonly fields: { readonly subject: string } & Readonly<Record<string, unknown>>;
}

export type Opened =
  | { readonly outcome: 'opened'; readonly caseId: string; readonly number: string }
  /** Somebody was faster: the call belongs to this case by now. Nothing was opened. */
  | { readonly outcome: 'call-has-case'; readonly caseId: string };

/** @throws PayloadError for a link to nothing; ConflictError for a request id that meant something else */
export async function openCase(
  context: Context,
  { author, crm }: { readonly author: Author; readonly crm: CrmReader },
  wanted: NewCase,
): Promise<Opened> {
  const { tables, config, clock } = context;
  await checkLinks({ tables, crm }, wanted.fields);
  await prepareNumbers(tables, context.crm, config.numberPrefix);
  const { requestId, ...asked } = wanted;
  if (wanted.followsId !== undefined) await findCase({ tables, crm, now: clock.now() }, wanted.followsId);
  const covering = await coverNew(context, wanted.fields);
  const at = new Date(clock.now());
  return await once<Opened>(context.commit, { memberId: author.id, requestId, asked }, async (own) => {
    const { callId } = wanted;
    const filed = callId === undefined ? undefined : await lockCall(own, callId, at);
    if (filed?.caseId != null && !wanted.isAnother) {
      return { answer: { outcome: 'call-has-case', caseId: filed.caseId }, changes: {} };
    }
    return await write(context, own, { author, wanted, covering, at });
  });
}

interface Writing {
  readonly author: Author;
  readonly wanted: NewCase;
  readonly covering: Covering;
  readonly at: Date;
}

async function write(context: Context, tables: PluginTables, { author, wanted, covering, at }: Writing) {
  const { callId, note, requestId } = wanted;
  // The same click makes the same record, even where the rows were lost.
  const key = `desk:${author.id}/${requestId}`;
  const caseId = context.crm.idFor('serviceCase', key);
  const number = await nextNumber(tables, context.config.numberPrefix);
  const opened = { ...opening(wanted, number, at), assigneeId: author.id, ...wanted.fields, ...covering.fields };
  await lockRow(tables, caseId);
  const turn = { caseId, serviceCase: opened, changed: 'all', contract: covering.contract, at } as const;
  const fields = { ...opened, ...(await keepPromises(tables, context, turn)) };
  if (wanted.followsId !== undefined)
    await keepLink(tables, { fromId: caseId, toId: wanted.followsId, kind: 'follows' }, author, at);
  await keepPending(tables, caseId, awaiting(undefined, {}, fields, at.getTime()));
  await noteNumber(tables, caseId, number);
  const entry = { memberId: author.id, memberName: author.name, caseId, at, callId: callId ?? null };
  const entries = [await addEntry(tables, { ...entry, kind: 'CREATED', after: { subject: wanted.fields.subject } })];
  if (note !== '') entries.push(await addEntry(tables, { ...entry, kind: 'NOTE', body: note }));
  const jobs = callId === undefined ? [] : [await fileCall(tables, callId, { caseId, malfunctionId: null }, at)];
  const description = note === '' ? {} : { description: { markdown: asMarkdown(note) } };
  return {
    answer: { outcome: 'opened' as const, caseId, number },
    changes: {
      writes: [{ object: 'serviceCase', key, fields: { ...fields, ...description }, lane: 'live' as const }],
      journal: entries,
      jobs,
      live: [await caseWork(tables, caseId, at.getTime()), ...dayChanged(at.getTime(), [opened.assigneeId])],
    },
  };
}

function opening({ fields: { subject }, callId, followsId }: NewCase, number: string, at: Date) {
  const now = at.toISOString();
  return {
    number,
    name: caseName(number, subject),
    status: 'OPEN',
    priority: 'NORMAL',
    // Whoever is on the line has been answered.
    ...(callId === undefined ? {} : { channel: 'PHONE', firstResponseAt: now }),
    ...(followsId === undefined ? {} : { splitFromId: followsId }),
    openedAt: now,
    lastActivityAt: now,
  };
}
