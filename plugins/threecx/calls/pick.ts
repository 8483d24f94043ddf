import type { Changes, CrmRecord, StoreChange } from '@switchboard/core/contract';
import { findMember, rememberChoice } from '../directory.ts';
import type { Context } from '../services.ts';
import { settlement } from '../settle.ts';
import type { FoundCall } from './find-call.ts';
import { KEPT_MS } from './line.ts';
import { cardOf } from './live/card.ts';
import { watchedAccount } from './live/tracked.ts';
import { mergeJob } from './merge-job.ts';
import { readOtherSide } from './other-side.ts';
import { pickKey } from './whom.ts';

/**
 * Somebody says with whom a call is. It may ring still: then the record, once there is one, begins with that person.
 *
 * @param bridge remembers the number for a person whom the mirror does not know yet
 */
export async function pick(context: Context, call: FoundCall, person: CrmRecord, bridge?: StoreChange): Promise<void> {
  const { callId, record, party } = call;
  const remembered: Changes =
    record === undefined
      ? { store: party.kind === 'public' ? [rememberChoice(party.e164, person.id)] : [] }
      : settlement(record, person);
  await context.commit({
    ...remembered,
    store: [
      ...(bridge === undefined ? (remembered.store ?? []) : [bridge]),
      { key: pickKey(callId), value: { personId: person.id }, expiresAt: new Date(context.clock.now() + KEPT_MS) },
    ],
  });
  await show(context, call);
}

/** Every agent who sees the call sees whom it is with; a record that is on its way to the mirror learns of it. */
async function show(context: Context, { tracked, record }: FoundCall): Promise<void> {
  if (tracked === undefined) return;
  const account = watchedAccount(tracked, readOtherSide(context));
  const { change } = await cardOf(context, tracked, account, (extension) =>
    findMember(context.crm, { extension, name: '', email: '' }),
  );
  const isRecorded = record === undefined && tracked.legs.some(({ answeredAt }) => answeredAt !== undefined);
  const again = mergeJob(account, new Date(context.clock.now()));
  await context.commit({
    live: [change],
    jobs: isRecorded ? [{ ...again, dedupeKey: `picked ${again.dedupeKey}` }] : [],
  });
}
