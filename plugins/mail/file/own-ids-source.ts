import { randomBytes } from 'node:crypto';
import type { PluginContext } from '@switchboard/core/contract';
import { createOwnIds, type OwnIds } from './own-ids.ts';

const KEY_BYTES = 32;
/** Replies come for years, and a backup brings the key back with the mails that carry it. */
const NEVER = new Date('9999-12-31T00:00:00Z');

/** Our ids under the key of this install, which the first who needs it makes and all processes share. Kept encrypted, never sent anywhere. */
export function ownIdsOf({ tokens, tenant }: Pick<PluginContext, 'tokens' | 'tenant'>): () => Promise<OwnIds> {
  return async () => {
    const issue = async () => ({ token: randomBytes(KEY_BYTES).toString('base64url'), expiresAt: NEVER });
    const { token } = await tokens.use({ name: 'message-ids', issue });
    return createOwnIds(token, tenant.id);
  };
}
