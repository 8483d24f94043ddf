import busboy from 'busboy';
import type { Request, RequestHandler } from 'express';
import type { Settings } from '../settings.ts';
import type { Tokens } from './tokens.ts';

/** `POST /connect/token`: client credentials, as a form of either kind. */
export function tokenEndpoint(tokens: Tokens, settings: Settings): RequestHandler {
  async function answer(form: Record<string, string> | undefined): Promise<Answer> {
    if (form === undefined) return refusal(400, 'invalid_request', 'The body is no form.');
    const { grant_type, client_id = '', client_secret = '' } = form;
    if (grant_type !== 'client_credentials')
      return refusal(400, 'unsupported_grant_type', 'The grant type is not supported.');
    const token = await tokens.mint(client_id, client_secret);
    if (token === undefined)
      return refusal(
        settings.current().badCredentialsStatus,
        'invalid_client',
        'The client id or the secret is wrong.',
      );
    const body = { token_type: 'Bearer', expires_in: expiresIn(settings), access_token: token };
    return { status: 200, body };
  }

  return async (request, response) => {
    const { status, body } = await answer(await readForm(request));
    response.status(status).set('cache-control', 'no-store').json(body);
  };
}

type Answer = { readonly status: number; readonly body: object };

function refusal(status: number, error: string, description: string): Answer {
  return { status, body: { error, error_description: description } };
}

/** Minutes before 20.0.9, seconds since. */
function expiresIn(settings: Settings): number {
  const { tokenSeconds } = settings.current();
  return settings.since(9) ? tokenSeconds : Math.ceil(tokenSeconds / 60);
}

function readForm(request: Request): Promise<Record<string, string> | undefined> {
  return new Promise((resolve) => {
    const fields: Record<string, string> = {};
    try {
      const reader = busboy({ headers: request.headers, limits: { fieldSize: 10_000, fields: 20, files: 0 } });
      reader.on('field', (name, value) => (fields[name] = value));
      reader.on('close', () => resolve(fields));
      reader.on('error', () => resolve(undefined));
      request.pipe(reader);
    } catch {
      // No content type, or one that is no form.
      request.resume();
      resolve(undefined);
    }
  });
}
