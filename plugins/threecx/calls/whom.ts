import type { CrmRecord } from '@switchboard/core/contract';
import { displayName } from '../contact-card.ts';
import { findByNumber } from '../directory.ts';
import { linkOf, nobody, type Resolution } from '../match.ts';
import type { Context } from '../services.ts';
import type { Call } from './call.ts';
import type { WhomState } from './line.ts';

/** Fields that say with whom a call was, and what was known when they were decided. */
export type Whom = {
  readonly fields: Record<string, unknown>;
  readonly state: WhomState;
  readonly resolution: Resolution;
};

/** Where the store keeps whom somebody picked for a call that has no record yet. @param recordId the id that its record has or will have */
export const pickKey = (recordId: string): string => `pick/${recordId}`;

/** Decides with whom a call was that gets its record now. */
export async function firstWhom(context: Context, call: Call, recordId: string): Promise<Whom> {
  const picked = await pickedPerson(context, recordId);
  const resolution = await resolve(context, call);
  if (picked !== undefined) return settled(call, picked, resolution);
  return {
    resolution,
    fields: {
      matchState: resolution.state,
      ...links(resolution),
      ...(resolution.candidates.length === 0 ? {} : candidateFields(resolution)),
    },
    state: { isPicked: false, shownId: call.entityId, ...links(resolution) },
  };
}

/**
 * Decides again when more is known: somebody picked a person, or a post tells whom 3CX had shown. What people have settled in the CRM in the meantime
 * stays.
 *
 * @returns undefined when nothing changes
 */
export async function laterWhom(
  context: Context,
  call: Call,
  recordId: string,
  known: WhomState,
): Promise<Whom | undefined> {
  if (known.isPicked) return undefined;
  const picked = await pickedPerson(context, recordId);
  if (picked !== undefined) return settled(call, picked, nobody);
  if (call.entityId === '' || call.entityId === known.shownId) return undefined;
  const record = await context.crm.get('phoneCall', recordId);
  const isOurs = record === undefined || linkOf(record, 'personId') === known.personId;
  const again = await firstWhom(context, call, recordId);
  if (!isOurs) return { ...again, fields: {}, state: { ...known, shownId: call.entityId } };
  if (again.state.personId === known.personId) return { ...again, fields: {} };
  return { ...again, fields: { candidates: null, candidateNames: '', ...again.fields } };
}

async function pickedPerson({ store, crm }: Context, recordId: string): Promise<CrmRecord | undefined> {
  const pick = (await store.get(pickKey(recordId))) as { personId: string } | undefined;
  return pick && (await crm.get('person', pick.personId));
}

async function resolve(context: Context, { party, entityId }: Call): Promise<Resolution> {
  return party.kind === 'public' ? await findByNumber(context, party.e164, entityId) : nobody;
}

function settled(call: Call, person: CrmRecord, resolution: Resolution): Whom {
  const companyId = linkOf(person, 'companyId') ?? resolution.companyId;
  const locationId = resolution.locationId ?? linkOf(person, 'locationId');
  const found = links({ personId: person.id, companyId, locationId });
  return {
    resolution,
    fields: { matchState: 'SETTLED', ...found },
    state: { isPicked: true, shownId: call.entityId, ...found },
  };
}

function links(ids: Pick<Resolution, 'personId' | 'companyId' | 'locationId'>): Record<string, string> {
  return Object.fromEntries(
    (['personId', 'companyId', 'locationId'] as const).flatMap((name) => {
      const id = ids[name];
      return id === undefined ? [] : [[name, id]];
    }),
  );
}

/** Those who may be meant: with their ids for programs, and as names alone for those who read Twenty's lists. */
function candidateFields({ candidates }: Resolution): Record<string, unknown> {
  const described = candidates.map(({ object, record }) => ({ object, id: record.id, name: displayName(record) }));
  return { candidates: described, candidateNames: described.map(({ name }) => name).join(', ') };
}
