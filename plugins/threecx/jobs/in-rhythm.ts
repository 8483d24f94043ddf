import { PostponedError, UpstreamError } from '@switchboard/core/contract';

/**
 * Work by the clock that finds 3CX not there comes back in its own rhythm, and its schedule waits for it. Backing off as other work does, after a
 * night without 3CX it would leave calls unknown for hours.
 *
 * @param everyMs of the schedule
 * @throws PostponedError instead of UpstreamError
 */
export async function inRhythm(everyMs: number, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    throw new PostponedError('3CX cannot be reached now', everyMs, { cause: error });
  }
}
