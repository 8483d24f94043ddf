import { type Changes, handle, RefusedError, SwitchboardError } from '@switchboard/core/contract';
import { actOnPhone as type, type PhoneRequest, progress } from '../calls/phone/requests.ts';
import { requestKey } from '../calls/phone/telephony.ts';
import type { Context } from '../services.ts';

/** Later than that nobody expects the telephone to ring any more. */
const TOO_LATE_MS = 30_000;
/** The same number called again so soon is the second click of a double click. */
const DOUBLE_CLICK_MS = 3000;
const KEPT_MS = 86_400_000;

/** Does what an agent asked for, at most once: an order may have reached the PBX although its answer never came back. */
export const actOnPhone = handle<Context, typeof type.payload>(type, async (context, request, { signal }) => {
  const refusal = await whyNot(context, request);
  if (refusal === 'repeat') return await context.commit(outcome(context, request, 'done'));
  if (refusal !== undefined) return await context.commit(outcome(context, request, 'failed', refusal));
  await begin(context, request);
  try {
    await act(context, request, signal);
  } catch (error) {
    if (!(error instanceof SwitchboardError)) throw error;
    await context.commit(outcome(context, request, 'failed', error.message));
    return;
  }
  await context.commit(outcome(context, request, 'done'));
});

async function whyNot({ store, clock }: Context, request: PhoneRequest): Promise<string | undefined> {
  if ((await store.get(requestKey(request.requestId))) !== undefined)
    return 'The hub was interrupted; it is not known whether 3CX did it. Look at the telephone.';
  if (clock.now() - Date.parse(request.askedAt) > TOO_LATE_MS) return 'It took too long; click again.';
  if (request.action !== 'call') return undefined;
  const last = (await store.get(lastCallKey(request))) as { destination: string; at: number } | undefined;
  const isDouble = last?.destination === request.destination && clock.now() - last.at < DOUBLE_CLICK_MS;
  return isDouble ? 'repeat' : undefined;
}

async function begin({ commit, clock }: Context, request: PhoneRequest): Promise<void> {
  const now = clock.now();
  const expiresAt = new Date(now + KEPT_MS);
  const begun = { key: requestKey(request.requestId), value: true, expiresAt };
  const call =
    request.action === 'call'
      ? [{ key: lastCallKey(request), value: { destination: request.destination, at: now }, expiresAt }]
      : [];
  await commit({ store: [begun, ...call] });
}

const lastCallKey = ({ extension }: PhoneRequest): string => `last-call/${extension}`;

async function act({ services }: Context, request: PhoneRequest, signal: AbortSignal): Promise<void> {
  const { phone } = services;
  const { extension } = request;
  if (phone === undefined) throw new RefusedError('The hub has no control of the telephones any more.');
  if (request.action === 'call') return await phone.call(extension, request.destination, signal);
  if (request.action === 'hangUp') return await phone.hangUp(extension, request.participantId, signal);
  await phone.transfer(extension, request.participantId, request.destination, signal);
}

const deeds = { call: 'a call', hangUp: 'to hang up', transfer: 'a transfer' } as const;

function outcome({ clock }: Context, request: PhoneRequest, result: 'done' | 'failed', detail = ''): Changes {
  const summary = `Extension ${request.extension} asked for ${deeds[request.action]}${detail === '' ? '.' : `: ${detail}`}`;
  return {
    ...progress(request, result, clock.now(), detail),
    notes: [{ direction: 'out', kind: 'phone', result, summary }],
  };
}
