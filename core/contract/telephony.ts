import { defineCapability } from './capability.ts';

/**
 * What a telephone system does for an agent. Everything is accepted at once and done a moment later, by a job of the live lane; how it went is shown
 * live to that member (topic `phone-requests`) and stands in the delivery log.
 */
export interface Telephony {
  /**
   * Calls a number: the agent's own device rings first, then the number is dialled.
   *
   * @throws PayloadError for a number that nobody can dial; NotFoundError for a member without an extension; RefusedError where the telephone system
   *   offers no control
   */
  readonly call: (request: CallRequest) => Promise<PhoneRequestAccepted>;
  /** @throws NotFoundError when the call is over or the member is not in it; RefusedError as above */
  readonly hangUp: (request: CallAction) => Promise<PhoneRequestAccepted>;
  /** Hands the call on, to an extension or a number; whoever hands it on is out as soon as somebody answers there. Throws as the others do. */
  readonly transfer: (request: CallAction & { readonly to: string }) => Promise<PhoneRequestAccepted>;
}

export interface CallRequest {
  /** One per click, up to 100 characters: the same request twice is one call. */
  readonly requestId: string;
  /** The workspace member whose telephone it is. */
  readonly memberId: string;
  /** In any written form, or an extension. */
  readonly number: string;
}

export interface CallAction {
  readonly requestId: string;
  readonly memberId: string;
  /** The call as the live topic `calls` names it. */
  readonly callId: string;
}

export interface PhoneRequestAccepted {
  readonly requestId: string;
}

export const telephony = defineCapability<Telephony>('telephony');

/** Who is on the line, as people settle it. */
export interface Callers {
  /**
   * Says with whom a call is or was, from its first ring on. Everybody who is shown the call sees it at once, and the number stands for that person
   * from then on.
   *
   * @throws NotFoundError for a call that nobody knows, or a person who is not in the mirror and not told here
   */
  readonly settle: (settlement: {
    readonly callId: string;
    readonly personId: string;
    /** Fields of a person whom somebody has made just now, as written to the CRM: they hold until the mirror has it. */
    readonly created?: Readonly<Record<string, unknown>> | undefined;
  }) => Promise<void>;
}

export const callers = defineCapability<Callers>('callers');
