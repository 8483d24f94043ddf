import type { CrmReader, KeyValueStore } from '@switchboard/core/contract';
import { liveKey } from './book.ts';
import { keyOf, presentLegs, type Tracked } from './tracked.ts';

const PAGE = 1000;

/** The call that an extension is in, the last one first; undefined when it is in none that the hub sees. */
export async function callAt(
  { store, crm }: { readonly store: Pick<KeyValueStore, 'range'>; readonly crm: Pick<CrmReader, 'idFor'> },
  extension: string,
): Promise<{ readonly callId: string; readonly status: 'Ringing' | 'Dialing' | 'Connected' } | undefined> {
  const entries = await store.range(liveKey(''), 'live0', PAGE);
  const legs = entries
    .map(({ value }) => (value as { readonly call: Tracked }).call)
    .flatMap((call) => presentLegs(call).map((leg) => ({ call, leg })))
    .filter(({ leg }) => leg.dn === extension)
    .toSorted((one, other) => (one.leg.since < other.leg.since ? 1 : -1));
  const [last] = legs;
  return last && { callId: crm.idFor('phoneCall', keyOf(last.call)), status: last.leg.status };
}
