import { bearerToken, bodyOf, type RawRequest, type Route, sameSecret } from '@switchboard/core/contract';
import type { Context } from '../services.ts';
import { formCase, keyOf, openFromForm } from './form.ts';

/** Opens a case for a form on a web page, or for another program. */
export const formRoute: Route<Context> = {
  method: 'POST',
  path: '/cases',
  summary: 'Opens a case from a web form: {subject, text, name, email, phone, reference}, with an Idempotency-Key',
  audience: 'vendor',
  verify: hasFormKey,
  async handle(context, request) {
    const key = keyOf(request.headers);
    return { status: 201, body: await openFromForm(context, key, bodyOf(formCase, request)) };
  },
};

/** Without a key in the settings nobody gets in. */
function hasFormKey({ config }: Pick<Context, 'config'>, { headers }: RawRequest): boolean {
  return config.formKey !== undefined && sameSecret(bearerToken(headers['authorization']), config.formKey);
}
