import type { Clock } from '../contract/context.ts';
import type { Lane } from '../contract/crm.ts';
import { CredentialsError, UpstreamError } from '../contract/errors.ts';
import type { Breaker } from './breaker.ts';
import { createBreaker } from './breaker.ts';
import type { Credential, Credentials } from './credentials.ts';
import type { CredentialKind, KnownLimit, Limits } from './limits.ts';
import { createMeter } from './meter.ts';
import type { Meter } from './meter.ts';
import type { Answer, Request, TwentyClient } from './twenty/client.ts';
import { LimitReachedError, PermissionError, ServerFaultError } from './twenty/errors.ts';

/** A tenant's way to Twenty: the right credential, within the limits, with respect for a server that is down. */
export interface Access {
  /**
   * One record operation. Waits for its turn and through refusals of the limit; everything else is thrown.
   * @param object whose records it is about: permissions are per object
   */
  readonly records: (lane: Lane, object: string, request: Request, signal: AbortSignal) => Promise<Answer>;
  readonly metadata: (request: Request, signal: AbortSignal) => Promise<Answer>;
  readonly breaker: Breaker;
  readonly meters: Readonly<Record<CredentialKind, Meter>>;
  readonly credentials: Credentials;
}

export interface AccessOptions {
  readonly client: TwentyClient;
  readonly credentials: Credentials;
  readonly clock: Clock;
  /** Where to begin. */
  readonly limits: Limits;
  /** What earlier sessions learnt. */
  readonly known: Readonly<Record<CredentialKind, KnownLimit>>;
  readonly onLimitLearnt: (kind: CredentialKind, known: KnownLimit) => void;
}

export function createAccess({ client, credentials, clock, limits, known, onLimitLearnt }: AccessOptions): Access {
  const breaker = createBreaker(clock);
  const meterOf = (kind: CredentialKind): Meter =>
    createMeter({
      configured: limits[kind],
      known: known[kind],
      clock,
      onLearnt: (learnt) => onLimitLearnt(kind, learnt),
    });
  const meters = { apiKey: meterOf('apiKey'), application: meterOf('application') };

  /** Notes what a failed call says about server and credential. @returns whether to try again at once */
  function judge(error: unknown, credential: Credential | undefined, object: string): boolean {
    if (isServerDown(error)) {
      breaker.failed(error.message);
      return false;
    }
    if (credential === undefined) return false;
    breaker.succeeded();
    if (error instanceof LimitReachedError) {
      meters[credential.kind].refused(error);
      return true;
    }
    if (error instanceof CredentialsError) {
      credentials.rejected(credential);
      return true;
    }
    return error instanceof PermissionError && credentials.denied(credential, object);
  }

  async function attempt(
    lane: Lane,
    object: string,
    request: Request,
    signal: AbortSignal,
  ): Promise<Answer | undefined> {
    let credential: Credential | undefined;
    try {
      credential = await credentials.forRecords(object, signal);
      await meters[credential.kind].take(lane, signal);
      const answer = await client.records(credential.token, request, signal);
      breaker.succeeded();
      credentials.accepted(credential);
      return answer;
    } catch (error) {
      if (signal.aborted || !judge(error, credential, object)) throw error;
      return undefined;
    }
  }

  async function records(lane: Lane, object: string, request: Request, signal: AbortSignal): Promise<Answer> {
    for (;;) {
      await breaker.pass(signal);
      try {
        const answer = await attempt(lane, object, request, signal);
        if (answer !== undefined) return answer;
      } finally {
        breaker.abandoned();
      }
    }
  }

  async function metadata(request: Request, signal: AbortSignal): Promise<Answer> {
    for (;;) {
      const credential = await credentials.forAdministration(signal);
      try {
        const answer = await client.metadata(credential.token, request, signal);
        breaker.succeeded();
        return answer;
      } catch (error) {
        if (!signal.aborted && isServerDown(error)) breaker.failed(error.message);
        if (!(error instanceof CredentialsError)) throw error;
        credentials.rejected(credential);
      }
    }
  }

  return { records, metadata, breaker, meters, credentials };
}

const isServerDown = (error: unknown): error is UpstreamError =>
  error instanceof UpstreamError && !(error instanceof ServerFaultError);
