import { type Language, languageOf, type Reply, type Route, type Words } from '@switchboard/core/contract';
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
  async handle(context, { query, headers }) {
    // Who comes back from the provider has a browser, and no session here: it says what it likes to read.
    const language = languageOf(headers['accept-language']);
    const state = query.get('state') ?? '';
    const code = query.get('code') ?? '';
    const known = await findSignIn(context, state);
    if (known === undefined || code === '') return page(said.refused, language);
    await takeCode(context, known, state, code);
    return page(said.thanks, language);
  },
};

interface Said {
  readonly title: Words;
  readonly text: Words;
}

const said = {
  thanks: {
    title: { en: 'Thank you', nl: 'Dank u wel', de: 'Vielen Dank' },
    text: {
      en: 'The mailbox is being connected. You may close this window.',
      nl: 'Het postvak wordt verbonden. U kunt dit venster sluiten.',
      de: 'Das Postfach wird verbunden. Sie können dieses Fenster schließen.',
    },
  },
  refused: {
    title: {
      en: 'The mailbox is not connected',
      nl: 'Het postvak is niet verbonden',
      de: 'Das Postfach ist nicht verbunden',
    },
    text: {
      en: 'You have not agreed, or the provider refused. Begin the sign-in again.',
      nl: 'U hebt niet toegestemd, of de aanbieder weigerde. Begin opnieuw met aanmelden.',
      de: 'Sie haben nicht zugestimmt, oder der Anbieter hat abgelehnt. Beginnen Sie die Anmeldung von vorn.',
    },
  },
} as const satisfies Readonly<Record<string, Said>>;

function page({ title, text }: Said, language: Language): Reply {
  return {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': "default-src 'none'",
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
    },
    body: `<!doctype html><html lang="${language}"><meta charset="utf-8"><title>${title[language]}</title><h1>${title[language]}</h1><p>${text[language]}</p></html>`,
  };
}
