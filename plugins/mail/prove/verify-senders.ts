import { NotFoundError, PayloadError, type PluginContext } from '@switchboard/core/contract';
import type { Config } from '../config.ts';
import { ownServersOf } from '../receive/proof.ts';
import { readSource } from '../receive/source.ts';
import { boundedMessage, withinTime } from '../understand/authentication/bounds.ts';
import { type Resolver, verifySender } from '../understand/authentication/verify.ts';
import { type Due, dueChecks, notChecked, noteChecks, type SenderCheck } from './checks.ts';
import { verifyingLater } from './work.ts';

type Verifying = Pick<PluginContext<Config>, 'tables' | 'files' | 'config' | 'log' | 'clock' | 'commit'> & {
  readonly services: { readonly lookUp: Resolver };
};

type Asked = { readonly messageIds: readonly string[]; readonly tried: number };

/** Mails wait for names most of the time, and hold little memory meanwhile. */
const AT_ONCE = 4;
const LOOK_UPS_MS = 8_000;

/**
 * Finds out who has sent mails that were stored and filed before, and changes nothing of that. A verdict is stored as soon as there is one, so a run
 * that dies has little to do again; what nobody answers for is tried for a day.
 */
export async function verifySenders(context: Verifying, { messageIds, tried }: Asked, signal: AbortSignal) {
  if (!context.config.verifySenders) return;
  const { tables, commit, clock } = context;
  const due = await dueChecks(tables, messageIds);
  const open: string[] = [];
  for (let start = 0; start < due.length; start += AT_ONCE) {
    const some = due.slice(start, start + AT_ONCE);
    const checks = await Promise.all(some.map(async (one) => [one.id, await checkOne(context, one, signal)] as const));
    // What was cut off says nothing about the sender.
    signal.throwIfAborted();
    await noteChecks(
      tables,
      new Map(checks.flatMap(([id, check]) => (check === undefined ? [] : [[id, check]]))),
      now(),
    );
    open.push(...checks.flatMap(([id, check]) => (check === undefined ? [id] : [])));
  }
  if (open.length === 0) return;
  const later = verifyingLater(open, tried);
  if (later !== undefined) return await commit({ jobs: [later] });
  await noteChecks(tables, new Map(open.map((id) => [id, notChecked('no-answer')])), now());

  function now(): Date {
    return new Date(clock.now());
  }
}

/** @returns undefined where somebody did not answer on whom it depends */
async function checkOne(context: Verifying, { id, isWhole, authentication }: Due, signal: AbortSignal) {
  if (!isWhole) return notChecked('too-large');
  const raw = await sourceOf(context, id);
  if (raw === undefined) return notChecked('not-readable');
  const bounded = boundedMessage(raw);
  if (bounded === undefined) return notChecked('too-large');
  const resolver = withinTime(context.services.lookUp, LOOK_UPS_MS, signal);
  try {
    const found = await verifySender(bounded, resolver, authentication, ownServersOf(context.config));
    return found.isOpen ? undefined : checkOf(found);
  } catch (error) {
    // Whatever one mail does to it must not keep the others from being checked.
    context.log.warn({ message: id, err: error }, 'The sender of a mail could not be verified');
    return notChecked('not-readable');
  }
}

function checkOf({ authentication, domain, policy }: Awaited<ReturnType<typeof verifySender>>): SenderCheck {
  const { spf, dkim, dmarc, aligned } = authentication;
  return { state: 'checked', reason: '', domain, policy: policy ?? '', spf, dkim, dmarc, aligned };
}

async function sourceOf(context: Verifying, id: string): Promise<Buffer | undefined> {
  try {
    return await readSource(context, id);
  } catch (error) {
    if (error instanceof PayloadError || error instanceof NotFoundError) return undefined;
    throw error;
  }
}
