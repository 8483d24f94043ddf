import { ConflictError, type CrmReader, type CrmRecord, mail, type PluginTables } from '@switchboard/core/contract';
import { fileCall, lockCall } from '../cases/calls.ts';
import { addEntry } from '../cases/entries.ts';
import { findCase } from '../cases/find.ts';
import { once } from '../cases/once.ts';
import { nextNumber, noteNumber, prepareNumbers } from '../cases/numbers.ts';
import { awaiting, keepPending, lockRow } from '../cases/pending.ts';
import { caseWork } from '../live/case-work.ts';
import { callCase, callRows, linkOf } from '../malfunctions/call-state.ts';
import { caseName } from '../map.ts';
import { contractFor, keepPromises } from '../promises/keep.ts';
import type { Author, Context } from '../services.ts';

export interface Splitting {
  readonly requestId: string;
  readonly caseId: string;
  readonly subject: string;
  /** Calls of the case that are about the other thing. */
  readonly callIds: readonly string[];
  /** Mails of the case, by their ids in the hub. */
  readonly mailIds: readonly string[];
}

export interface Split {
  readonly caseId: string;
  readonly number: string;
  /** Calls and mails that went along; one that somebody has filed elsewhere meanwhile stays there. */
  readonly calls: readonly string[];
  readonly mails: readonly string[];
}

interface Asking {
  readonly author: Author;
  readonly crm: CrmReader;
}

const kept = ['companyId', 'personId', 'locationId', 'assetId', 'contractId', 'serviceLevel', 'priority'] as const;

/** Makes a case of its own of some calls and mails. It has the customer, the place and the contract of the first one. @throws NotFoundError */
export async function splitCase(context: Context, { author, crm }: Asking, wanted: Splitting): Promise<Split> {
  const { tables, config, clock } = context;
  const { requestId, ...asked } = wanted;
  const { current } = await findCase({ tables, crm, now: clock.now() }, wanted.caseId);
  const calls = await context.crm.getMany('phoneCall', wanted.callIds);
  await prepareNumbers(tables, context.crm, config.numberPrefix);
  const contract = await contractFor(context, current);
  const split = await once<Omit<Split, 'mails'>>(
    context.commit,
    { memberId: author.id, requestId, asked },
    async (own) => await write(own, context, { author, wanted, current, calls, contract }),
  );
  // A step of its own, and the same again changes nothing: a click that is repeated finds the case and goes on.
  const refile = context.capability(mail)?.refile;
  if (wanted.mailIds.length === 0) return { ...split, mails: [] };
  if (refile === undefined) throw noMail();
  return { ...split, mails: await refile({ mailIds: wanted.mailIds, from: wanted.caseId, to: split.caseId }) };
}

const noMail = () =>
  new ConflictError('Nobody here can move mails', { field: 'body.mailIds', remedy: 'Enable the plugin Mail.' });

interface Writing {
  readonly author: Author;
  readonly wanted: Splitting;
  readonly current: CrmRecord;
  readonly calls: ReadonlyMap<string, CrmRecord>;
  readonly contract: CrmRecord | undefined;
}

async function write(tables: PluginTables, context: Context, { author, wanted, current, calls, contract }: Writing) {
  const at = new Date(context.clock.now());
  const key = `desk:${author.id}/${wanted.requestId}`;
  const caseId = context.crm.idFor('serviceCase', key);
  const number = await nextNumber(tables, context.config.numberPrefix);
  const fields = fieldsOf(wanted, current, { number, author, at });
  await lockRow(tables, caseId);
  const turn = { caseId, serviceCase: fields, changed: 'all', contract, at } as const;
  const all = { ...fields, ...(await keepPromises(tables, context, turn)) };
  await keepPending(tables, caseId, awaiting(undefined, {}, all, at.getTime()));
  await noteNumber(tables, caseId, number);
  const moved = await moveCalls(tables, { from: wanted.caseId, to: caseId, calls, callIds: wanted.callIds, at });
  const others = [{ object: 'serviceCase', id: wanted.caseId }];
  const by = { at, memberId: author.id, memberName: author.name, caseId };
  const entry = await addEntry(tables, { ...by, kind: 'SPLIT', others, after: { subject: wanted.subject } });
  await lockRow(tables, wanted.caseId);
  const news = { kind: 'noted', byId: author.id, by: author.name, fields: [] } as const;
  return {
    answer: { caseId, number, calls: moved.map(({ id }) => id) },
    changes: {
      writes: [{ object: 'serviceCase', key, fields: all, lane: 'live' as const }],
      jobs: moved.map(({ job }) => job),
      journal: [entry],
      live: [await caseWork(tables, caseId, at.getTime()), await caseWork(tables, wanted.caseId, at.getTime(), news)],
    },
  };
}

interface New {
  readonly number: string;
  readonly author: Author;
  readonly at: Date;
}

function fieldsOf({ caseId, subject }: Splitting, current: CrmRecord, { number, author, at }: New) {
  const now = at.toISOString();
  const taken = Object.fromEntries(
    kept.flatMap((field) => (linkOf(current, field) === null ? [] : [[field, current[field]]])),
  );
  return {
    ...taken,
    number,
    name: caseName(number, subject),
    subject,
    status: 'OPEN',
    channel: linkOf(current, 'channel') ?? 'DESK',
    splitFromId: caseId,
    assigneeId: author.id,
    openedAt: now,
    lastActivityAt: now,
  };
}

interface MovingCalls {
  readonly from: string;
  readonly to: string;
  readonly calls: ReadonlyMap<string, CrmRecord>;
  readonly callIds: readonly string[];
  readonly at: Date;
}

async function moveCalls(tables: PluginTables, { from, to, calls, callIds, at }: MovingCalls) {
  const moved = [];
  for (const id of [...new Set(callIds)].toSorted()) {
    const { malfunctionId } = await lockCall(tables, id, at);
    const row = (await callRows(tables, [id])).get(id);
    const filed = row?.filedCase ?? callCase(calls.get(id), row);
    if (filed === from) moved.push({ id, job: await fileCall(tables, id, { caseId: to, malfunctionId }, at) });
  }
  return moved;
}
