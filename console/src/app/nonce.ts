import { setNonce } from 'get-nonce';

/** The hub allows style elements that carry this page's nonce, and no other. Undefined with the development server, which has no policy. */
export function readNonce(): string | undefined {
  const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce;
  // Mantine's dialogs keep the page behind them still with a style element of their own.
  if (nonce !== undefined) setNonce(nonce);
  return nonce;
}
