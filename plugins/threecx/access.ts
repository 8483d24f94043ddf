import { bearerToken, type RawRequest, sameSecret } from '@switchboard/core/contract';
import type { Context } from './services.ts';

/** Whether the request carries the tenant's key. */
export function hasKey({ config }: Pick<Context, 'config'>, request: RawRequest): boolean {
  return sameSecret(bearerToken(request.headers['authorization']), config.apiKey);
}
