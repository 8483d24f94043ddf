import { type CrmRecord, ForbiddenError, type MemberRequest, NotFoundError } from '@switchboard/core/contract';

/** What is said is for those who may hear it: the text follows the rules of the sound. */
export const PERMISSION = 'recordings.listen';

/** @throws ForbiddenError for a role to which Twenty does not show the recordings and transcripts of calls */
export async function demandText({ crm }: Pick<MemberRequest, 'crm'>): Promise<void> {
  const [hears, reads] = await Promise.all([crm.sees('phoneCall', 'recordings'), crm.sees('phoneCall', 'transcript')]);
  if (hears && reads) return;
  throw new ForbiddenError('Your role may not read what was said in calls', {
    remedy:
      'An administrator can give the role the fields "Recordings" and "Transcript" of calls in Twenty under Settings, Roles.',
  });
}

/** @throws ForbiddenError as `demandText`; NotFoundError for a call that the member does not see */
export async function callFor(request: Pick<MemberRequest, 'crm'>, callId: string): Promise<CrmRecord> {
  await demandText(request);
  const call = await request.crm.get('phoneCall', callId);
  if (call !== undefined) return call;
  throw new NotFoundError('There is no such call', { remedy: 'Look at the call in Twenty again.' });
}

/** The text stands in Twenty, where the role may write it or not. */
export async function mayCorrect({ crm }: Pick<MemberRequest, 'crm'>): Promise<boolean> {
  return await crm.mayChange('phoneCall', 'transcript');
}

export interface ShownCall {
  readonly id: string;
  readonly direction: string | null;
  readonly phoneNumber: string | null;
  readonly person: { readonly id: string; readonly name: string } | null;
}

/** Calls as a list names them: with whom, as far as the role may see it. */
export async function shownCalls(
  crm: MemberRequest['crm'],
  callIds: readonly string[],
): Promise<ReadonlyMap<string, ShownCall>> {
  const calls = await crm.getMany('phoneCall', [...new Set(callIds)]);
  const personIds = [...calls.values()].map(({ personId }) => personId).filter((id) => typeof id === 'string');
  const people = await crm.getMany('person', [...new Set(personIds)]);
  return new Map(
    [...calls].map(([id, call]) => {
      const person = typeof call['personId'] === 'string' ? people.get(call['personId']) : undefined;
      const name = nameOf(person?.['name']);
      return [
        id,
        {
          id,
          direction: textOf(call['direction']),
          phoneNumber: textOf(call['phoneNumber']),
          person: person === undefined || name === '' ? null : { id: person.id, name },
        },
      ];
    }),
  );
}

function nameOf(name: unknown): string {
  const { firstName, lastName } = (name ?? {}) as { firstName?: unknown; lastName?: unknown };
  return [firstName, lastName].filter((part) => typeof part === 'string' && part !== '').join(' ');
}

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
