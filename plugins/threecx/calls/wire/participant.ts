import { z } from 'zod';
import { printable } from '../../payload.ts';

/** A participant of Call Control as a GET of its entity answers it: all fields may be null, lower case. */

const word = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((text) =>
    printable(String(text ?? ''))
      .trim()
      .slice(0, 200),
  );

const participant = z.object({
  id: z.number().int(),
  status: word,
  dn: word,
  party_caller_name: word,
  party_dn: word,
  party_caller_id: word,
  party_did: word,
  party_dn_type: word,
  originated_by_dn: word,
  originated_by_type: word,
  on_behalf_of_dn: word,
  on_behalf_of_type: word,
  callid: z.number().int(),
});

/** One side of a call at one DN, as it is now. Texts are empty when unknown. */
export type Participant = {
  readonly id: number;
  readonly dn: string;
  readonly callId: number;
  readonly status: 'Dialing' | 'Ringing' | 'Connected';
  readonly party: {
    readonly dn: string;
    readonly type: string;
    readonly number: string;
    readonly name: string;
    /** The own number that was dialled; often unknown. */
    readonly did: string;
  };
  /** The queue or ring group that rings it. */
  readonly queue: { readonly dn: string; readonly kind: 'queue' | 'group' };
};

/** @returns undefined for what is no participant, or is in a state that no call has */
export function readParticipant(json: unknown): Participant | undefined {
  const { data } = participant.safeParse(json);
  const status = (['Dialing', 'Ringing', 'Connected'] as const).find((known) => known === data?.status);
  if (data === undefined || status === undefined) return undefined;
  return {
    id: data.id,
    dn: data.dn,
    callId: data.callid,
    status,
    party: {
      dn: data.party_dn,
      type: data.party_dn_type,
      number: data.party_caller_id,
      name: data.party_caller_name,
      did: data.party_did,
    },
    queue: queueOf(data),
  };
}

/** Which field names the queue is not verified on a live PBX: whichever says that it is one. */
function queueOf(data: z.output<typeof participant>): Participant['queue'] {
  const fields = [
    { dn: data.on_behalf_of_dn, type: data.on_behalf_of_type },
    { dn: data.originated_by_dn, type: data.originated_by_type },
  ];
  const found = fields.find(({ type }) => /queue|ringgroup/i.test(type));
  return { dn: found?.dn ?? '', kind: /ringgroup/i.test(found?.type ?? '') ? 'group' : 'queue' };
}
