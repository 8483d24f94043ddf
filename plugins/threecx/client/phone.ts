import { RefusedError } from '@switchboard/core/contract';
import { z } from 'zod';
import type { PhoneControl } from '../calls/phone/control.ts';
import type { CallControl } from './call-control.ts';
import { NotPermittedError } from './errors.ts';
import type { Xapi } from './xapi.ts';

/** The agent has so long to pick up the own telephone. */
const RING_SECONDS = 45;

/** `finalstatus` is a word in the documentation of 3CX and a number in its examples. */
const made = z.object({
  finalstatus: z.union([z.string(), z.number()]).optional(),
  FinalStatus: z.union([z.string(), z.number()]).optional(),
  reasontext: z.string().nullish(),
  ReasonText: z.string().nullish(),
});

/** Controls telephones by Call Control; where that is not allowed the configuration API at least makes calls. Undefined without either. */
export function createPhoneControl(
  callControl: CallControl | undefined,
  xapi: Xapi | undefined,
): PhoneControl | undefined {
  if (callControl === undefined && xapi === undefined) return undefined;

  const control = (): CallControl => {
    if (callControl !== undefined) return callControl;
    throw new NotPermittedError('/callcontrol');
  };

  return {
    async call(extension, destination, signal) {
      const answer =
        (callControl &&
          (await unlessForbidden(async () => await callOnPhone(callControl, extension, destination, signal)))) ??
        (await callBySystem(xapi, extension, destination, signal));
      checkMade(answer);
    },
    async hangUp(extension, participantId, signal) {
      await control().act({ dn: extension, id: participantId }, 'drop', {}, signal);
    },
    async transfer(extension, participantId, destination, signal) {
      await control().act({ dn: extension, id: participantId }, 'transferto', { destination }, signal);
    },
  };
}

/** The registered telephone rings first, then 3CX dials. */
async function callOnPhone(
  callControl: CallControl,
  extension: string,
  destination: string,
  signal: AbortSignal,
): Promise<unknown> {
  const [device] = await callControl.devices(extension, signal);
  const from = device === undefined ? { dn: extension } : { dn: extension, deviceId: device };
  return await callControl.makeCall(from, { destination, timeout: RING_SECONDS }, signal);
}

async function callBySystem(
  xapi: Xapi | undefined,
  extension: string,
  destination: string,
  signal: AbortSignal,
): Promise<unknown> {
  if (xapi === undefined) throw new NotPermittedError('/callcontrol');
  const order = { dn: extension, destination, contact: null, testCall: false };
  return await xapi.post('/Users/Pbx.MakeCall', order, signal);
}

async function unlessForbidden(call: () => Promise<unknown>): Promise<unknown> {
  try {
    return (await call()) ?? {};
  } catch (error) {
    if (error instanceof NotPermittedError) return undefined;
    throw error;
  }
}

function checkMade(answer: unknown): void {
  const { data } = made.safeParse(answer);
  const status = data?.finalstatus ?? data?.FinalStatus;
  if (status === undefined || status === 0 || status === 1 || /^success$/i.test(String(status))) return;
  const reason = data?.reasontext || data?.ReasonText || String(status);
  throw new RefusedError(`3CX did not make the call: ${reason}`, {
    remedy: 'See that the telephone is registered and free, and that the outbound rules of 3CX allow the number.',
  });
}
