import { CredentialsError, type HttpClient, type IssuedToken, UpstreamError } from '@switchboard/core/contract';
import { z } from 'zod';

/** An API client as the admin console of 3CX makes it. */
export type Account = { readonly clientId: string; readonly secret: string };

const reply = z.object({ access_token: z.string().min(1), expires_in: z.number().nonnegative().default(60) });
const claims = z.object({ exp: z.number() });

/** Before 20.0.9 `expires_in` counted minutes, since then seconds; a lifetime is an hour in both (3CX, tutorial and captures). */
const LARGEST_IN_MINUTES = 300;

/**
 * Has 3CX make a token. The one before ends at that moment, with every connection that was opened by it.
 *
 * @throws CredentialsError when 3CX does not know the client or the key
 */
export async function issueToken(
  http: HttpClient,
  { url, account, now, signal }: { url: string; account: Account; now: number; signal: AbortSignal },
): Promise<IssuedToken> {
  const form = { client_id: account.clientId, client_secret: account.secret, grant_type: 'client_credentials' };
  const answer = await http(new URL('/connect/token', url).href, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(form).toString(),
    accept: [400, 401, 403],
    signal,
  });
  if (answer.status >= 400) {
    throw new CredentialsError(`3CX refuses the client "${account.clientId}"`, {
      remedy: 'Enter the client id and the key as 3CX shows them under Integrations, API, then resume the plugin.',
    });
  }
  const { data } = reply.safeParse(answer.json());
  if (data === undefined) throw new UpstreamError('3CX answered something else than a token');
  return { token: data.access_token, expiresAt: expiryOf(data.access_token, data.expires_in, now) };
}

function expiryOf(token: string, expiresIn: number, now: number): Date {
  const exp = expOf(token);
  if (exp !== undefined) return new Date(exp * 1000);
  return new Date(now + (expiresIn < LARGEST_IN_MINUTES ? expiresIn * 60_000 : expiresIn * 1000));
}

/** Seconds since the epoch; undefined when the token is no JWT. */
function expOf(token: string): number | undefined {
  try {
    return claims.safeParse(JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())).data?.exp;
  } catch {
    return undefined;
  }
}
