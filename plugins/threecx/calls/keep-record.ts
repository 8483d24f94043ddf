import {
  callEnded,
  type Changes,
  type CrmWrite,
  event,
  type EventInput,
  type StoreChange,
} from '@switchboard/core/contract';
import { findMember } from '../directory.ts';
import type { Context } from '../services.ts';
import { type Account, noTexts, type Texts } from './account.ts';
import { aliasesOf, keepAlias } from './aliases.ts';
import { type Call, callOf } from './call.ts';
import { changeOfMark, markOf, type MarkChange } from './follow-up.ts';
import { founderOf, recordKey } from './founder.ts';
import { lineOf, type RecordState, type Row } from './line.ts';
import { betterTexts, callFields, changedFields } from './record.ts';
import { mergedAway, returned } from './twin.ts';
import { lookAgain, mayWait } from './wait.ts';
import { firstWhom, laterWhom, type Whom } from './whom.ts';

/** What becomes of the record of one call. */
export type Kept = {
  /** `rings`: too early for a record. `waits`: others are about to tell more. `known`: recorded long ago. */
  readonly result: 'made' | 'changed' | 'same' | 'waits' | 'rings' | 'known';
  readonly call: Call;
  /** The id that the record has, or will have. */
  readonly recordId: string;
  /** The fields that are written. */
  readonly names: readonly string[];
  readonly whom: Whom | undefined;
  readonly ids: ReadonlySet<string>;
  readonly writes: readonly CrmWrite[];
  readonly events: readonly EventInput[];
  readonly jobs: NonNullable<Changes['jobs']>;
  readonly store: readonly StoreChange[];
  readonly marks: readonly MarkChange[];
  /** Rows whose record changed. */
  readonly rows: readonly Row[];
};

/** The account that came just now, with what it tells was said. */
type Given = { readonly accountId: string; readonly channel: Account['channel']; readonly texts: Texts };

/** Brings the record of one call up to date, or makes it. */
export async function keepRecord(context: Context, members: readonly Row[], given: Given): Promise<Kept> {
  const [first, ...others] = members.map(({ account }) => account);
  if (first === undefined) throw new TypeError('A call without accounts');
  const call = callOf([first, ...others]);
  const [owner, ...twins] = members.filter(hasRecord).toSorted(byMaking);
  if (owner === undefined) return await makeRecord(context, members, call, given);
  const record = returned(owner.record);
  const recordId = context.crm.idFor('phoneCall', record.key);
  const isBack = owner.record.mergedInto !== undefined;
  const whom = await (isBack ? firstWhom(context, call, recordId) : laterWhom(context, call, recordId, record.whom));
  const kept = await writeRecord(context, { members, call, founder: owner, record, whom, given });
  const merged = twins.flatMap((twin) => mergedAway(context.crm, twin, record.key));
  return {
    ...kept,
    writes: [...kept.writes, ...merged.map(({ write }) => write)],
    marks: [...kept.marks, ...merged.map(({ mark }) => mark)],
    rows: [...kept.rows, ...merged.map(({ row }) => row)],
  };
}

type Owner = Row & { readonly record: RecordState };

function hasRecord(row: Row): row is Owner {
  return row.record !== undefined;
}

/** The first record of a call stays; of two made at once, always the same. */
function byMaking({ record: one }: Owner, { record: other }: Owner): number {
  return `${one.madeAt} ${one.key}` < `${other.madeAt} ${other.key}` ? -1 : 1;
}

async function makeRecord(context: Context, members: readonly Row[], call: Call, given: Given): Promise<Kept> {
  const founder = founderOf(members);
  const key = recordKey(founder.account);
  const recordId = context.crm.idFor('phoneCall', key);
  const nothing = { ...noChanges, ids: idsOf(members), call, recordId };
  if (call.endedAt === undefined && call.answeredAt === undefined) return { ...nothing, result: 'rings' };
  const isSilent = given.texts.transcript === '' && given.texts.summary === '';
  if (isSilent && (await mayWait(context, members))) return { ...nothing, result: 'waits', jobs: [lookAgain(founder)] };
  // The store forgets after some days; what is told again later must not undo what people settled since.
  if ((await context.crm.get('phoneCall', recordId)) !== undefined) return { ...nothing, result: 'known' };
  const whom = await firstWhom(context, call, recordId);
  const record: RecordState = {
    key,
    madeAt: new Date(context.clock.now()).toISOString(),
    written: {},
    whom: whom.state,
    texts: { transcript: '', summary: '' },
    aliases: [],
  };
  return { ...(await writeRecord(context, { members, call, founder, record, whom, given })), result: 'made' };
}

type Writing = {
  readonly members: readonly Row[];
  readonly call: Call;
  readonly founder: Row;
  readonly record: RecordState;
  readonly whom: Whom | undefined;
  readonly given: Given;
};

async function writeRecord(context: Context, writing: Writing): Promise<Kept> {
  const { members, call, founder, record, whom, given } = writing;
  const { key } = record;
  const recordId = context.crm.idFor('phoneCall', key);
  const agentId = call.agent && (await findMember(context.crm, call.agent));
  const changed = changedFields(record.written, { externalKey: key, ...callFields(call, agentId) });
  const ids = idsOf(members);
  const texts = betterTexts(record.texts, given.channel, ids.has(given.accountId) ? given.texts : noTexts);
  const mark = markOf(lineOf(founder.account), key, call);
  const isNews = call.endedAt !== undefined && record.announced !== call.outcome;
  const { mark: before, ...rest } = record;
  const aliases = aliasesOf(members);
  const next: RecordState = {
    ...rest,
    written: changed.written,
    whom: whom?.state ?? record.whom,
    texts: texts.ranks,
    aliases,
    ...(isNews ? { announced: call.outcome } : {}),
    ...(mark === undefined ? {} : { mark: mark.key }),
  };
  const fields = { ...changed.fields, ...whom?.fields, ...texts.fields };
  const names = Object.keys(fields);
  return {
    ...noChanges,
    result: names.length === 0 ? 'same' : 'changed',
    ids,
    call,
    recordId,
    names,
    whom,
    writes: names.length === 0 ? [] : [{ object: 'phoneCall', key, fields }],
    events: isNews ? [endedEvent(call, recordId, next)] : [],
    store: aliases
      .filter((alias) => !record.aliases.includes(alias))
      .map((alias) => keepAlias(alias, key, context.clock.now())),
    marks: changeOfMark(mark, before),
    rows: [{ ...founder, record: next }],
  };
}

const noChanges = { names: [], whom: undefined, writes: [], events: [], jobs: [], store: [], marks: [], rows: [] };

function idsOf(members: readonly Row[]): Set<string> {
  return new Set(members.map(({ account }) => account.id));
}

/** Told once; told again only when the outcome turns out to be another one. */
function endedEvent(call: Call, recordId: string, { key, whom }: RecordState): EventInput {
  const { direction, outcome, party, startedAt, talkSeconds, agent } = call;
  const payload = {
    callId: recordId,
    direction,
    outcome,
    phoneNumber: party.kind === 'public' ? party.e164 : '',
    startedAt,
    durationSeconds: talkSeconds,
    agentExtension: agent?.extension ?? '',
    personId: whom.personId ?? null,
    companyId: whom.companyId ?? null,
    locationId: whom.locationId ?? null,
  };
  return event(callEnded, payload, `${key}/${outcome}`);
}
