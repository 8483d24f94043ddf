import type { CheckLine } from '../contract/index.ts';
import { refusals } from './refusals.ts';
import { mayReturnTo } from './sign-in.ts';

/** Whether members can come back from Twenty to this hub at all. */
export function signInLine(publicUrl: string): CheckLine {
  const name = 'Sign-in with Twenty';
  if (mayReturnTo(publicUrl)) {
    const url = new URL('/auth/callback', publicUrl).href;
    const detail = `Twenty sends members back to ${url}.`;
    return { name, state: 'ok', detail, code: 'sign-in.possible', values: { url } };
  }
  const { message, remedy } = refusals['not-https'];
  const finding = { code: 'sign-in.not-https', values: { url: publicUrl } };
  return { name, state: 'warning', detail: `${message} (${publicUrl}).`, remedy, ...finding };
}
