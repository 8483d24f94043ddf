import { bodyOf, ConfigError, PayloadError, type RawRequest, type Reply, type Route } from '@switchboard/core/contract';
import { z } from 'zod';
import { mailboxRules } from '../mailbox-rules.ts';
import { demandServersOfProvider } from '../mailboxes/known-servers.ts';
import type { Mailbox } from '../mailboxes/mailbox.ts';
import { probeMailbox } from '../mailboxes/probe.ts';
import { mailboxSettings } from '../mailboxes/settings.ts';
import { beginSignIn } from '../mailboxes/sign-in.ts';
import { changeMailbox } from '../mailboxes/edit.ts';
import { standings } from '../mailboxes/standing.ts';
import { tryChange, tryOut } from '../mailboxes/try-out.ts';
import { listOwners } from '../mailboxes/owners.ts';
import { readFrom } from '../receive/read-from.ts';
import { isSilent } from '../receive/silence.ts';
import { copyAgain } from '../send/sent-copy.ts';
import type { Context } from '../services.ts';

const address = z.email('must be an e-mail address').max(320).toLowerCase();
const password = z.string().min(1).max(1000);
const servers = mailboxSettings.partial({ imap: true, smtp: true });

const newMailbox = z.object({
  kind: z.enum(['desk', 'member']).default('desk'),
  ownerMemberId: z.uuid().optional(),
  name: z.string().trim().min(1).max(200),
  address,
  auth: z.enum(['password', 'google', 'microsoft']).optional(),
  password: password.optional(),
  settings: servers.prefault({}),
  rules: mailboxRules.prefault({}),
});
const change = z.object({
  id: z.uuid(),
  name: z.string().trim().min(1).max(200).optional(),
  password: password.optional(),
  settings: mailboxSettings.optional(),
  rules: mailboxRules.optional(),
});
const trial = z.object({ address, password, settings: mailboxSettings });
const trialOfChange = z.object({ id: z.uuid(), settings: mailboxSettings });
const one = z.object({ id: z.uuid() });
const readingAgain = z.object({ id: z.uuid(), from: z.coerce.date() });

/** What an operator may know of a mailbox; the vault stays closed. */
function shown(context: Context, mailbox: Mailbox): object {
  const { grantId, isActive: _, ...known } = mailbox;
  const silentAfterMs = context.config.silentAfterMinutes * 60_000;
  return {
    ...known,
    isSignedIn: mailbox.auth === 'password' || grantId !== undefined,
    isSilent: isSilent(mailbox, silentAfterMs, context.clock.now()),
  };
}

function route(
  method: 'GET' | 'POST',
  path: `/${string}`,
  summary: string,
  handle: (context: Context, request: RawRequest, signal: AbortSignal) => Promise<Reply>,
): Route<Context> {
  return { method, path, summary, audience: 'operator', handle };
}

/** An admin sits before it and waits: these alone of all routes ask the outside. */
const PATIENCE_MS = 25_000;
const patient = (signal: AbortSignal) => AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]);

async function add(context: Context, request: RawRequest, signal: AbortSignal): Promise<Reply> {
  const wanted = bodyOf(newMailbox, request);
  const { kind, ownerMemberId: ownerId, settings } = wanted;
  if ((kind === 'member') !== (ownerId !== undefined)) {
    throw new PayloadError('ownerMemberId: belongs to a mailbox of a member, and only there', {
      field: 'body.ownerMemberId',
    });
  }
  const isComplete = settings.imap !== undefined && settings.smtp !== undefined;
  const found = isComplete ? undefined : await context.services.detect(wanted.address, patient(signal));
  const complete = mailboxSettings.safeParse({
    ...settings,
    imap: settings.imap ?? found?.imap,
    smtp: settings.smtp ?? found?.smtp,
  });
  if (!complete.success) {
    throw new ConfigError(`How ${wanted.address} is reached could not be found out`, {
      field: 'body.settings',
      remedy: 'Ask the provider for the servers of IMAP and SMTP and give them as settings.imap and settings.smtp.',
    });
  }
  const auth = wanted.auth ?? (wanted.password === undefined ? (found?.auth ?? 'password') : 'password');
  if (auth === 'password' && wanted.password === undefined)
    throw new PayloadError('password: is missing', { field: 'body.password' });
  demandServersOfProvider(auth, complete.data);
  const mailbox = await context.services.mailboxes.add({
    ...wanted,
    ownerId,
    auth,
    settings: complete.data,
    password: auth === 'password' ? wanted.password : undefined,
  });
  return { status: 201, body: { mailbox: shown(context, mailbox) } };
}

export const mailboxRoutes: readonly Route<Context>[] = [
  route('GET', '/mailboxes', 'All mailboxes with their state', async (context) => {
    const mailboxes = await context.services.mailboxes.list();
    const standingOf = await standings(context.tables);
    return { body: { mailboxes: mailboxes.map((known) => ({ ...shown(context, known), ...standingOf(known.id) })) } };
  }),
  route('GET', '/mailboxes/owners', 'Members who can have a mailbox of their own', async ({ crm }) => ({
    body: { owners: await listOwners(crm) },
  })),
  route('POST', '/mailboxes', 'Adds a mailbox; without servers they are found out from the address', add),
  route('POST', '/mailboxes/detect', 'Finds out how an address is reached', async ({ services }, request, signal) => {
    const wanted = bodyOf(z.object({ address }), request);
    return { body: { found: (await services.detect(wanted.address, patient(signal))) ?? null } };
  }),
  route(
    'POST',
    '/mailboxes/try',
    'Tries a password and servers that are not stored',
    async (context, request, signal) => ({
      body: { lines: await tryOut(context, bodyOf(trial, request), patient(signal)) },
    }),
  ),
  route(
    'POST',
    '/mailboxes/try-change',
    'Tries other servers of a mailbox with the password that is stored, or its sign-in',
    async (context, request, signal) => ({
      body: { lines: await tryChange(context, bodyOf(trialOfChange, request), patient(signal)) },
    }),
  ),
  route('POST', '/mailboxes/change', 'Changes name, password, servers or rules', async (context, request) => {
    const { id, ...changes } = bodyOf(change, request);
    const mailbox = await changeMailbox(context, id, changes);
    return { body: { mailbox: shown(context, mailbox) } };
  }),
  route('POST', '/mailboxes/test', 'Tries reading and sending apart', async ({ services }, request, signal) => {
    const mailbox = await services.mailboxes.get(bodyOf(one, request).id);
    return { body: { lines: await probeMailbox(services.accounts, mailbox, patient(signal)) } };
  }),
  route('POST', '/mailboxes/pause', 'Stops reading', async ({ services }, request) => {
    const { id } = await services.mailboxes.get(bodyOf(one, request).id);
    await services.mailboxes.setState(id, 'paused', 'Paused by an admin.');
    return { body: { paused: true } };
  }),
  route('POST', '/mailboxes/resume', 'Reads again, from where it stopped', async ({ services }, request) => {
    const { id } = await services.mailboxes.get(bodyOf(one, request).id);
    await services.mailboxes.setState(id, 'active', '');
    return { body: { resumed: true } };
  }),
  route(
    'POST',
    '/mailboxes/read-again',
    'Looks through all folders again, back to a day (from=2026-11-01), and takes in what is not known',
    async (context, request) => {
      const { id, from } = bodyOf(readingAgain, request);
      const mailbox = await context.services.mailboxes.get(id);
      return { status: 202, body: { folders: await readFrom(context.tables, mailbox.id, from) } };
    },
  ),
  route(
    'POST',
    '/mailboxes/copy-again',
    'Tries again the copies in Sent that were given up',
    async (context, request) => {
      const { id } = await context.services.mailboxes.get(bodyOf(one, request).id);
      return { body: { copies: await copyAgain(context, id) } };
    },
  ),
  route(
    'POST',
    '/mailboxes/remove',
    'Forgets a mailbox and its mail; the CRM keeps what it has',
    async (context, request) => {
      await context.services.mailboxes.remove(bodyOf(one, request).id);
      return { body: { removed: true } };
    },
  ),
  route('POST', '/mailboxes/sign-in', 'The address at which its owner signs in', async (context, request) => {
    const mailbox = await context.services.mailboxes.get(bodyOf(one, request).id);
    return { body: { url: await beginSignIn(context, mailbox) } };
  }),
];
