import { type CrmRecord, NotFoundError } from '@switchboard/core/contract';
import { linkOf } from '../match.ts';
import { type Party, readParty } from '../party.ts';
import type { Context } from '../services.ts';
import { type Recognised, recognise } from './caller.ts';
import { liveKey } from './live/book.ts';
import { type Tracked, watchedAccount } from './live/tracked.ts';
import { readOtherSide } from './other-side.ts';

/** A call by the id of its record, whether it has one already or rings just now. */
export type FoundCall = {
  readonly callId: string;
  readonly party: Party;
  /** While it goes on. */
  readonly tracked: Tracked | undefined;
  /** Once it is recorded and in the mirror. */
  readonly record: CrmRecord | undefined;
};

/** @throws NotFoundError */
export async function findCall(context: Context, callId: string, field: string): Promise<FoundCall> {
  const { crm, store, tenant } = context;
  const [record, entry] = await Promise.all([crm.get('phoneCall', callId), store.get(liveKey(callId))]);
  const tracked = (entry as { call: Tracked } | undefined)?.call;
  if (tracked !== undefined) {
    return { callId, party: watchedAccount(tracked, readOtherSide(context)).party, tracked, record };
  }
  if (record === undefined) {
    throw new NotFoundError('There is no call with this id', {
      field,
      remedy:
        'Take the id from the call that rings or from its record; a new record is known here a few seconds later.',
    });
  }
  const number = record['phoneNumber'];
  return { callId, party: readParty(typeof number === 'string' ? number : '', tenant.country), tracked, record };
}

/** Whom the call stands for: what its record says once somebody is in it, else what its number says. */
export async function whomOf(context: Context, { callId, party, record }: FoundCall): Promise<Recognised> {
  const recognised = await recognise(context, party, callId);
  const personId = record && linkOf(record, 'personId');
  if (record === undefined || personId === undefined) return recognised;
  return {
    matchState: record['matchState'] === 'SETTLED' ? 'SETTLED' : 'MATCHED',
    personId,
    companyId: linkOf(record, 'companyId'),
    locationId: linkOf(record, 'locationId'),
    candidates: [],
  };
}
