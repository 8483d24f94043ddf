import type { CheckLine } from '../contract/index.ts';
import { refusals } from './refusals.ts';
import { mayReturnTo } from './sign-in.ts';

/** Whether members can come back from Twenty to this hub at all. */
export function signInLine(publicUrl: string): CheckLine {
  const name = 'Sign-in with Twenty';
  if (mayReturnTo(publicUrl)) {
    return { name, state: 'ok', detail: `Twenty sends members back to ${new URL('/auth/callback', publicUrl).href}.` };
  }
  const { message, remedy } = refusals['not-https'];
  return { name, state: 'warning', detail: `${message} (${publicUrl}).`, remedy };
}
