/** The forms of the authorization page. Everything that came in is escaped. */

type Fields = Partial<Record<string, string>>;

export function signInPage(fields: Fields, client: string, problem?: string): string {
  return page(
    'Sign in',
    `${alert(problem)}<p>to continue to <strong>${escape(client)}</strong></p>${form(
      fields,
      `<label>E-mail <input name="email" type="email" autocomplete="username" required autofocus></label>
       <label>Password <input name="password" type="password" autocomplete="current-password" required></label>
       <button>Sign in</button>`,
    )}`,
  );
}

export function otpPage(fields: Fields, client: string, problem?: string): string {
  return page(
    'Two-factor authentication',
    `${alert(problem)}<p>to continue to <strong>${escape(client)}</strong></p>${form(
      fields,
      `<label>Code <input name="otp" inputmode="numeric" autocomplete="one-time-code" pattern="\\d{6}" required autofocus></label>
       <button>Verify</button>`,
    )}`,
  );
}

export function consentPage(fields: Fields, client: string, scopes: readonly string[]): string {
  return page(
    'Authorize',
    `<p><strong>${escape(client)}</strong> wants to access your account: ${escape(scopes.join(', '))}</p>${form(
      fields,
      `<button name="answer" value="allow">Authorize</button> <button name="answer" value="deny">Cancel</button>`,
    )}`,
  );
}

export function problemPage(problem: string): string {
  return page('This request cannot be authorized', alert(problem));
}

function page(title: string, body: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${title} - Twenty</title><style>
body{font:16px system-ui;max-width:22rem;margin:15vh auto;padding:0 1rem}label{display:block;margin:1rem 0}
input{display:block;width:100%;box-sizing:border-box;padding:.5rem;font:inherit}button{padding:.5rem 1rem;font:inherit}
[role=alert]{color:#a4262c}</style></head><body><h1>${title}</h1>${body}</body></html>`;
}

function form(hidden: Fields, body: string): string {
  const inputs = Object.entries(hidden).flatMap(([name, value]) =>
    value === undefined ? [] : [`<input type="hidden" name="${escape(name)}" value="${escape(value)}">`],
  );
  return `<form method="post" action="/authorize">${inputs.join('')}${body}</form>`;
}

function alert(problem: string | undefined): string {
  return problem === undefined ? '' : `<p role="alert">${escape(problem)}</p>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
