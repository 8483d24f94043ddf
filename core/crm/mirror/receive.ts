import type { Clock } from '../../contract/context.ts';
import type { RawRequest, Reply } from '../../contract/http.ts';
import { objectOf, parseDelivery } from './delivery.ts';
import type { Delivery } from './delivery.ts';
import type { Intake } from './intake.ts';
import { verifySignature } from './signature.ts';
import type { Refusal } from './signature.ts';

/** The tenant at whose door a webhook knocks. */
export type Receiver = {
  readonly tenantId: string;
  /** Undefined until a check has told it. */
  readonly workspaceId: string | undefined;
  readonly secrets: readonly string[];
  readonly intake: Intake;
  /** Notes that webhooks arrive. */
  readonly heard: (object: string) => Promise<void>;
  /** Takes what our test of the way back has caused. @returns whether it was that */
  readonly heardTest: (delivery: Delivery) => Promise<boolean>;
  /** Notes what is wrong with what arrives, in case a test waits for an answer. */
  readonly refused: (refusal: Refusal) => Promise<void>;
};

/** Who is behind an address. */
export interface Receivers {
  readonly find: (tenantSlugOrId: string) => Promise<Receiver | undefined>;
  /** The same, read anew: the secret may have been changed a moment ago. */
  readonly findAnew: (tenantSlugOrId: string) => Promise<Receiver | undefined>;
}

/**
 * Takes one webhook: verifies it, and puts the record into the mirror and its event into the world in one transaction.
 * Twenty waits 5 s and never repeats (2.21, measured), so nothing here talks to anybody else.
 */
export async function receiveDelivery(
  receivers: Receivers,
  tenantSlugOrId: string,
  request: RawRequest,
  clock: Clock,
): Promise<Reply> {
  const known = await receivers.find(tenantSlugOrId);
  if (known === undefined) return refuse(401, 'no such tenant, or it is not connected');
  const verdict = verifySignature(request, known.secrets, clock.now());
  if ('nonce' in verdict) return await accept(known, verdict.nonce, request.body);
  const fresh = verdict.refusal === 'wrong' ? await receivers.findAnew(tenantSlugOrId) : known;
  const second = verifySignature(request, fresh?.secrets ?? [], clock.now());
  if (fresh !== undefined && 'nonce' in second) return await accept(fresh, second.nonce, request.body);
  await known.refused(verdict.refusal);
  return refuse(401, 'the signature is missing, wrong or too old');
}

async function accept(receiver: Receiver, nonce: string, body: Buffer): Promise<Reply> {
  const delivery = parseDelivery(body);
  if (delivery === undefined) return refuse(400, 'the body is not a webhook of Twenty');
  if (receiver.workspaceId !== undefined && receiver.workspaceId !== delivery.workspaceId) {
    return refuse(401, 'the webhook is of another workspace');
  }
  if (!(await receiver.heardTest(delivery))) {
    const result = await receiver.intake({ nonce, delivery });
    if (result === 'repeated') return refuse(409, 'this delivery came before');
    await receiver.heard(objectOf(delivery));
  }
  return { status: 200, body: { accepted: true } };
}

const refuse = (status: number, error: string): Reply => ({ status, body: { error } });
