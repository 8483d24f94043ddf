import { type Retry, SwitchboardError } from '../contract/index.ts';

/** Why somebody is not let in or is let out again. The code is for programs, the texts are English; pages have their own by the code. */
export type Refusal = keyof typeof refusals;

interface Words {
  readonly message: string;
  readonly remedy: string;
  /** What to do in order, where one sentence is not enough. */
  readonly steps?: readonly string[];
}

const again = 'Begin again at the sign-in page.';
const askAdmin = 'Ask an administrator of this workspace.';

export const refusals = {
  'signed-out': { message: 'Nobody is signed in here', remedy: 'Sign in with Twenty.' },
  'session-ended': { message: 'You were signed out', remedy: 'Sign in with Twenty again.' },
  'session-idle': { message: 'You were signed out because nothing was done for a long time', remedy: again },
  'session-expired': { message: 'The session has reached its longest time', remedy: again },
  'session-reused': {
    message: 'An old key of this session was used, so somebody may have copied it; the session was ended',
    remedy: 'Sign in again, and tell an administrator if you did not restore the browser from a backup.',
  },
  removed: { message: 'You are not a member of this workspace any more', remedy: askAdmin },
  'cross-site': {
    message: 'The request comes from a page of another site',
    remedy: 'Open the console at its own address and do it there.',
  },
  'unknown-workspace': {
    message: 'There is no such workspace here, or it is not connected',
    remedy: 'Check the name with whoever runs the hub.',
  },
  'not-https': {
    message: 'Twenty sends people back to https addresses only, and this hub has a plain http one',
    remedy: 'Put a proxy with https before the hub and set PUBLIC_URL to its address; plain http works on localhost.',
  },
  cancelled: { message: 'The sign-in was cancelled at Twenty', remedy: again },
  'foreign-answer': {
    message: 'This answer of Twenty belongs to no sign-in of this browser',
    remedy: 'Begin and finish signing in in the same browser, under the same address of the hub.',
  },
  'late-answer': { message: 'This sign-in is over: it took too long, or was finished already', remedy: again },
  'code-refused': { message: 'Twenty does not accept its own answer any more', remedy: again },
  'client-unknown': { message: 'Twenty had forgotten this hub; it is registered anew', remedy: again },
  'not-accepted': { message: 'Twenty does not say who you are', remedy: 'Sign out of Twenty, then begin again here.' },
  'other-workspace': {
    message: 'You signed in to another workspace of Twenty than the one you chose here',
    remedy: 'Open the right workspace in Twenty, sign in there, then begin again; or choose the other one here.',
  },
  'other-member': {
    message: 'You confirmed with another account than the one that is signed in here',
    remedy: 'Sign in to Twenty with the same account, then do it again.',
  },
  'no-role': {
    message: 'You have no role in this workspace',
    remedy: 'Ask an administrator to give you one in Twenty.',
  },
  'two-factor-required': {
    message: 'This workspace lets in members with two-factor authentication only, and you have not set it up',
    remedy: 'Set it up in Twenty, then sign in again.',
    steps: [
      'Open Twenty and go to Settings, Profile.',
      'Under "Two-factor authentication", choose to set it up, and scan the code with an authenticator app.',
      'Enter the six digits that the app shows, so that Twenty marks the method as verified.',
      'Come back here and sign in again.',
    ],
  },
  'two-factor-now': {
    message:
      'From now on this workspace lets in members with two-factor authentication only, and you have not set it up',
    remedy: 'Set it up in Twenty (Settings, Profile, Two-factor authentication), then sign in again.',
  },
  'crm-unreachable': {
    message: 'Twenty cannot be asked at the moment',
    remedy: 'Try again in a minute; whoever is signed in stays so for a quarter of an hour.',
  },
  'deed-refused': { message: 'Twenty does not allow you to do that', remedy: askAdmin },
  'setup-link': {
    message: 'This setup link was used already, is too old, or never existed',
    remedy: 'Have the hub make a new one: npm run hub -- setup-link.',
  },
  'too-many-failures': {
    message: 'Too many failed attempts from this address',
    remedy: 'Wait a quarter of an hour, then try again.',
  },
} as const satisfies Record<string, Words>;

export function isRefusal(text: string): text is Refusal {
  return Object.hasOwn(refusals, text);
}

export class RefusedEntry extends SwitchboardError {
  readonly code: Refusal;
  readonly retry: Retry = 'never';
  readonly steps: readonly string[] | undefined;

  constructor(code: Refusal, cause?: unknown) {
    const { message, remedy, steps }: Words = refusals[code];
    super(message, { remedy, cause });
    this.code = code;
    this.steps = steps;
  }
}
