import { UnauthorizedError } from '../contract/errors.ts';

/** Why a caller is not let in, in words for the person in front of the panel. */
export type Refusal = keyof typeof sentences;

const reload = 'Reload the page in Twenty; sign in again if that does not help.';
const askAdmin = 'Ask the administrator of this workspace to connect it: npm run hub -- tenant connect.';

const sentences = {
  'no-token': ['No token of Twenty was sent', 'Open the panel inside Twenty.'],
  'not-a-token': ['This is not a token of Twenty', 'Open the panel inside Twenty.'],
  expired: ['The token of Twenty has expired', reload],
  'not-accepted': ['Twenty does not accept this token', reload],
  'other-application': ['The token was not made for the Switchboard app', 'Open the panel of the Switchboard app.'],
  unconnected: ['This workspace is not connected to the hub', askAdmin],
  ambiguous: [
    'Several tenants of the hub are connected to this workspace, so none can be chosen',
    'Ask the operator of the hub to keep one of them.',
  ],
  suspended: ['The hub does not serve this workspace at the moment', 'Ask the operator of the hub to resume it.'],
  'no-role': ['You have no role in this workspace', 'Ask an administrator to give you one in Twenty.'],
} as const satisfies Record<string, readonly [message: string, remedy: string]>;

export function refused(reason: Refusal): UnauthorizedError {
  const [message, remedy] = sentences[reason];
  return new UnauthorizedError(message, { remedy });
}
