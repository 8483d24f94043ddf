import { Problem } from '../api/client.ts';

/**
 * How the sign-in page is opened for somebody who is not signed in, or not any more: with the reason, and the page to come back to.
 * @returns undefined when the hub said something else, or nothing
 */
export function signedOutSearch(error: unknown, workspace: string, to: string) {
  if (!(error instanceof Problem)) return undefined;
  // Of the operator, who is no member: 403. Of everybody else without a session: 401.
  if (error.status !== 401 && error.status !== 403) return undefined;
  return { problem: error.status === 403 ? 'signed-out' : error.code, workspace, to };
}
