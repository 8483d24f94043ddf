import { type CheckLine, SwitchboardError } from '@switchboard/core/contract';
import { NotPermittedError } from '../client/errors.ts';

/** Why something is not to be had here, and what to do about it. */
export type Missing = Pick<CheckLine, 'detail' | 'code' | 'values'> & { readonly remedy: string };

/**
 * Tries something out at the PBX. What is not permitted is off, because the rest works without it; every other error is a failure.
 *
 * @param missing what a refusal means for this probe
 */
export async function probe(name: string, missing: Missing, ask: () => Promise<CheckLine[]>): Promise<CheckLine[]> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof NotPermittedError) return [{ name, state: 'off', ...missing }];
    if (!(error instanceof SwitchboardError)) throw error;
    return [failed(name, error)];
  }
}

export function failed(name: string, { message, remedy }: SwitchboardError): CheckLine {
  return {
    name,
    state: 'failed',
    detail: `${message}.`,
    remedy: remedy ?? 'Look at the PBX and at the connection to it, then check again.',
  };
}
