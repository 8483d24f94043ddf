import type { Reply, Route } from '@switchboard/core/contract';
import { findSignIn, returnPath, takeCode } from '../mailboxes/sign-in.ts';
import type { Context } from '../services.ts';

/** Google and Microsoft send people back here. */
export const signedIn: Route<Context> = {
  method: 'GET',
  path: returnPath,
  summary: 'Where people come back to from the sign-in of a mailbox',
  audience: 'vendor',
  // Whoever comes has to bring the state that the hub has given out.
  verify: async (context, { query }) => (await findSignIn(context, query.get('state') ?? '')) !== undefined,
  async handle(context, { query }) {
    const state = query.get('state') ?? '';
    const code = query.get('code') ?? '';
    const known = await findSignIn(context, state);
    if (known === undefined || code === '')
      return page(
        'The mailbox is not connected',
        'You have not agreed, or the provider refused. Begin the sign-in again.',
      );
    await takeCode(context, known, state, code);
    return page('Thank you', 'The mailbox is being connected. You may close this window.');
  },
};

function page(title: string, text: string): Reply {
  return {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': "default-src 'none'",
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
    },
    body: `<!doctype html><html lang="en"><title>${title}</title><h1>${title}</h1><p>${text}</p></html>`,
  };
}
