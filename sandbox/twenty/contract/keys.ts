import { value } from './answers.ts';
import type { Client } from './client.ts';

export type ApiKey = { id: string; token: string };

/** A key of a role. Only an admin's session may make one, and Twenty keeps its row when it is revoked. */
export async function createApiKey(user: Client, name: string, roleId: string, expiresAt: Date): Promise<ApiKey> {
  const input = { name, roleId, expiresAt: expiresAt.toISOString() };
  const { id } = value(
    await user.metadata('mutation($input:CreateApiKeyInput!){createApiKey(input:$input){id}}', { input }),
  ) as { id: string };
  const { token } = value(
    await user.metadata(
      'mutation($id:UUID!,$expiresAt:String!){generateApiKeyToken(apiKeyId:$id,expiresAt:$expiresAt){token}}',
      { id, expiresAt: input.expiresAt },
    ),
  ) as { token: string };
  return { id, token };
}

export const revokeApiKey = (user: Client, id: string) =>
  user.metadata('mutation($input:RevokeApiKeyInput!){revokeApiKey(input:$input){id revokedAt}}', { input: { id } });

export async function adminRoleId(client: Client): Promise<string> {
  const roles = value(
    await client.metadata('{getRoles{id label canUpdateAllSettings canBeAssignedToApiKeys}}'),
  ) as Role[];
  const admin = roles.find((role) => role.canUpdateAllSettings && role.canBeAssignedToApiKeys);
  if (!admin) throw new Error('The workspace has no role with all settings that an API key may have.');
  return admin.id;
}

type Role = { id: string; canUpdateAllSettings: boolean; canBeAssignedToApiKeys: boolean };
