import type { ManagedMailbox } from '../../api/mailboxes.ts';
import type { Tone } from '../../kit/state-badge.tsx';
import type { Texts } from '../../texts/index.ts';

type StateName = keyof Texts['mailboxes']['states'];

const tones: Readonly<Record<StateName, Tone>> = {
  working: 'ok',
  starting: 'waiting',
  trouble: 'warning',
  silent: 'failed',
  password: 'failed',
  'sign-in': 'waiting',
  'sign-in-again': 'failed',
  copies: 'warning',
  paused: 'paused',
};

/** How a mailbox is doing: the gravest of what is known of it. */
export function stateOf(mailbox: ManagedMailbox): { readonly name: StateName; readonly tone: Tone } {
  const name = nameOf(mailbox);
  return { name, tone: tones[name] };
}

function nameOf({
  state,
  auth,
  isSignedIn,
  isSilent,
  lastError,
  lastSuccessAt,
  missingCopies,
}: ManagedMailbox): StateName {
  if (state === 'paused') return 'paused';
  if (state === 'needs-authorisation')
    return auth === 'password' ? 'password' : isSignedIn ? 'sign-in-again' : 'sign-in';
  if (isSilent) return 'silent';
  if (lastError !== '') return 'trouble';
  if (lastSuccessAt === undefined) return 'starting';
  return missingCopies > 0 ? 'copies' : 'working';
}

/** What the hub, or the server behind it, said about that. */
export function saidOf(mailbox: ManagedMailbox): string {
  const { name } = stateOf(mailbox);
  if (name === 'copies') return mailbox.copyDetail;
  if (name === 'trouble' || name === 'silent') return sentences(mailbox.lastError, mailbox.lastRemedy);
  return mailbox.stateReason;
}

function sentences(...parts: readonly string[]): string {
  return parts
    .filter((part) => part !== '')
    .map((part) => (/[.!?]$/.test(part) ? part : `${part}.`))
    .join(' ');
}
