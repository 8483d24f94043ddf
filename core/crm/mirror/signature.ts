import { createHmac, timingSafeEqual } from 'node:crypto';
import type { RawRequest } from '../../contract/http.ts';

/** How far Twenty's clock and ours may differ, and how long a nonce is remembered. */
const signatureWindowMs = 5 * 60_000;

export type Verdict =
  | { readonly nonce: string }
  /** `unsigned`: Twenty's headers are missing. `late`: the time is not ours. `wrong`: none of the secrets made it. */
  | { readonly refusal: 'unsigned' | 'late' | 'wrong' };

export type Refusal = Extract<Verdict, { refusal: string }>['refusal'];

/**
 * Verifies a webhook of Twenty over the raw bytes: hex HMAC-SHA256(secret, timestamp + ":" + body), time in milliseconds
 * (Twenty 2.21, measured). During a rotation several secrets are valid.
 */
export function verifySignature(request: RawRequest, secrets: readonly string[], now: number): Verdict {
  const timestamp = request.headers['x-twenty-webhook-timestamp'] ?? '';
  const signature = request.headers['x-twenty-webhook-signature'] ?? '';
  const nonce = request.headers['x-twenty-webhook-nonce'] ?? '';
  if (!/^\d{10,16}$/.test(timestamp) || nonce === '' || nonce.length > 200) return { refusal: 'unsigned' };
  if (Math.abs(now - Number(timestamp)) > signatureWindowMs) return { refusal: 'late' };
  const given = Buffer.from(signature, 'hex');
  const isValid = secrets.map((secret) => matches(secret, timestamp, request.body, given)).includes(true);
  return isValid ? { nonce } : { refusal: 'wrong' };
}

function matches(secret: string, timestamp: string, body: Buffer, given: Buffer): boolean {
  const expected = createHmac('sha256', secret).update(`${timestamp}:`).update(body).digest();
  return expected.length === given.length && timingSafeEqual(expected, given);
}
