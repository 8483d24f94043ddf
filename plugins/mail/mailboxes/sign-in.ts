import { createHash, createHmac, randomBytes, randomUUID } from 'node:crypto';
import {
  ConflictError,
  defineJob,
  handle,
  job,
  type PluginContext,
  SwitchboardError,
  UpstreamError,
} from '@switchboard/core/contract';
import { z } from 'zod';
import { MailServerError } from '../client/errors.ts';
import { createOAuth } from '../client/oauth.ts';
import type { Config } from '../config.ts';
import type { Context } from '../services.ts';
import type { Mailbox } from './mailbox.ts';

/** Where the provider sends people back to. */
export const returnPath = '/signed-in';

/** How long somebody may take to sign in. */
const PATIENCE_MS = 900_000;

const asked = z.object({ mailboxId: z.uuid() });
type Asked = z.output<typeof asked>;

/** What came back is exchanged by a job: the door answers at once, and a provider that is down is asked again. */
const finishSignIn = defineJob({
  name: 'mail.finish-sign-in',
  payload: z.object({ key: z.string().max(100), mailboxId: z.uuid() }),
  lane: 'live',
  attempts: 4,
});

/** @returns the address at which the owner of the mailbox signs in. @throws ConflictError, ConfigError */
export async function beginSignIn(context: Context, mailbox: Mailbox): Promise<string> {
  if (mailbox.auth === 'password') {
    throw new ConflictError('This mailbox has a password and no sign-in', {
      field: 'id',
      remedy: 'Change its password, or add it anew with the sign-in of Google or Microsoft.',
    });
  }
  const { config, http, store, clock, url } = context;
  const state = randomBytes(24).toString('base64url');
  const oauth = createOAuth(mailbox.auth, config, http);
  const verifier = await verifierOf(context, state);
  await store.set(keyOf(state), { mailboxId: mailbox.id } satisfies Asked, {
    expiresAt: new Date(clock.now() + PATIENCE_MS),
  });
  return oauth.authoriseUrl({ redirectUri: url(returnPath), state, verifier, address: mailbox.address });
}

/** @returns what was asked under this state; undefined for a state that is unknown, over or used */
export async function findSignIn({ store }: Pick<Context, 'store'>, state: string): Promise<Asked | undefined> {
  return state === '' ? undefined : asked.safeParse(await store.get(keyOf(state))).data;
}

/** Takes what the provider has sent people back with. A state is good for one time. */
export async function takeCode(context: Context, { mailboxId }: Asked, state: string, code: string): Promise<void> {
  const key = keyOf(state);
  await context.commit({
    store: [{ key, value: undefined }],
    vault: [{ name: key, value: JSON.stringify({ code, verifier: await verifierOf(context, state) }) }],
    jobs: [job(finishSignIn, { key, mailboxId }, key)],
  });
}

export const finishing = handle(finishSignIn, async (context: Context, { key, mailboxId }, { signal }) => {
  const { vault, services, url, log } = context;
  const kept = await vault.get(key);
  const mailbox = await services.mailboxes.find(mailboxId);
  if (kept === undefined || mailbox === undefined || mailbox.auth === 'password') return;
  const { code, verifier } = z.object({ code: z.string(), verifier: z.string() }).parse(JSON.parse(kept));
  try {
    const oauth = createOAuth(mailbox.auth, context.config, context.http);
    const { refreshToken } = await oauth.exchange(code, url(returnPath), verifier, signal);
    if (refreshToken === undefined) throw noRefreshToken(mailbox.address);
    await services.mailboxes.authorise(mailboxId, randomUUID(), refreshToken);
  } catch (error) {
    // A provider that is down is asked again; a code is good for some minutes.
    if (error instanceof UpstreamError && !(error instanceof MailServerError)) throw error;
    log.warn({ mailbox: mailboxId, err: error }, 'A sign-in came to nothing');
    const message = error instanceof SwitchboardError ? error.message : 'The sign-in failed.';
    const remedy = error instanceof SwitchboardError ? (error.remedy ?? '') : '';
    await services.mailboxes.setState(mailboxId, 'needs-authorisation', `${message}. ${remedy}`.trim());
  }
  await vault.delete(key);
});

function noRefreshToken(address: string): MailServerError {
  return new MailServerError(
    'credentials',
    `The provider gave no lasting access to ${address}`,
    'Take the access of the hub away in the account of the mailbox, then sign in again.',
  );
}

/** The state itself is a secret of whoever signs in: what is kept is its hash. */
function keyOf(state: string): string {
  return `sign-in/${createHash('sha256').update(state).digest('hex')}`;
}

const keyName = 'sign-in key';

/** The verifier of PKCE follows from the state and a key in the vault, so that it lies nowhere meanwhile. */
async function verifierOf({ vault }: Pick<PluginContext<Config>, 'vault'>, state: string): Promise<string> {
  const known = await vault.get(keyName);
  const key = known ?? randomBytes(32).toString('base64url');
  if (known === undefined) await vault.set(keyName, key);
  return createHmac('sha256', key).update(state).digest('base64url');
}
