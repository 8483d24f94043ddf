import { UpstreamError } from '../contract/errors.ts';
import type { Database } from '../store/database.ts';
import type { CrmConnections } from '../tenants/index.ts';
import { refreshRoster } from './permissions/refresh.ts';
import { createTwentyClient } from './twenty/client.ts';
import type { Fetch, Request, TwentyClient } from './twenty/client.ts';
import { whoSignsIn } from './twenty/who-is.ts';
import type { SigningIn } from './twenty/who-is.ts';

/** What signing in needs of Twenty, and what is done there with a member's own token. Tokens are used for the call and forgotten. */
export interface AsMember {
  /** Undefined when the tenant's Twenty does not accept the token, or nobody stands behind it. */
  readonly whoSignsIn: (tenantId: string, token: string, signal: AbortSignal) => Promise<SigningIn | undefined>;
  /** Reads who is a member with which role, with the API key. @throws PermissionError when the key may not read roles */
  readonly refreshRoster: (tenantId: string, signal: AbortSignal) => Promise<void>;
  /** Where members open the workspace in their browsers, and whether it demands a second factor of them at its own sign-in. */
  readonly workspaceDoor: (tenantId: string, signal: AbortSignal) => Promise<WorkspaceDoor>;
  /** @throws PermissionError when the member may not */
  readonly enforceTwoFactor: (tenantId: string, token: string, signal: AbortSignal) => Promise<void>;
  /** @throws PermissionError when the member may not; Twenty refuses everybody to change the own role */
  readonly changeRole: (
    tenantId: string,
    token: string,
    change: { readonly memberId: string; readonly roleId: string },
    signal: AbortSignal,
  ) => Promise<void>;
}

export interface WorkspaceDoor {
  readonly url: string;
  readonly isTwoFactorEnforced: boolean;
}

const timeoutMs = 5000;
/** Twenty looks every role up from the ground (2.21, measured: 0.2 s, and seconds under load; a thousand members make no difference). */
const rosterTimeoutMs = 10_000;

export function createAsMember(
  { db }: Pick<Database, 'db'>,
  connections: CrmConnections,
  fetch: Fetch = globalThis.fetch,
): AsMember {
  const withKey = async (tenantId: string): Promise<{ client: TwentyClient; apiKey: string }> => {
    const { url, apiKey } = await connections.open(tenantId);
    return { client: createTwentyClient(url, fetch), apiKey };
  };
  const asMember = async (tenantId: string, token: string, request: Request, signal: AbortSignal): Promise<void> => {
    const { client } = await withKey(tenantId);
    await client.metadata(token, { ...request, timeoutMs }, signal);
  };
  return {
    whoSignsIn: async (tenantId, token, signal) => {
      const { client } = await withKey(tenantId);
      return await whoSignsIn(client, token, signal);
    },
    refreshRoster: async (tenantId, signal) => {
      const { client, apiKey } = await withKey(tenantId);
      const ask = (request: Request) => client.metadata(apiKey, { ...request, timeoutMs: rosterTimeoutMs }, signal);
      await refreshRoster({ db, tenantId, ask });
    },
    workspaceDoor: async (tenantId, signal) => {
      const { client, apiKey } = await withKey(tenantId);
      const query = '{currentWorkspace{isTwoFactorAuthenticationEnforced workspaceUrls{subdomainUrl customUrl}}}';
      const { data } = await client.metadata(apiKey, { query, timeoutMs }, signal);
      return readDoor(data['currentWorkspace'] as WorkspaceAnswer);
    },
    enforceTwoFactor: async (tenantId, token, signal) => {
      const query = 'mutation{updateWorkspace(data:{isTwoFactorAuthenticationEnforced:true}){id}}';
      await asMember(tenantId, token, { query }, signal);
    },
    changeRole: async (tenantId, token, { memberId, roleId }, signal) => {
      const query =
        'mutation($member:UUID!,$role:UUID!){updateWorkspaceMemberRole(workspaceMemberId:$member,roleId:$role){id}}';
      await asMember(tenantId, token, { query, variables: { member: memberId, role: roleId } }, signal);
    },
  };
}

type WorkspaceAnswer = {
  readonly isTwoFactorAuthenticationEnforced: boolean;
  readonly workspaceUrls: { readonly subdomainUrl: string; readonly customUrl: string | null };
};

function readDoor({ isTwoFactorAuthenticationEnforced: isTwoFactorEnforced, workspaceUrls }: WorkspaceAnswer) {
  const url = workspaceUrls.customUrl ?? workspaceUrls.subdomainUrl;
  if (!/^https?:$/.test(URL.parse(url)?.protocol ?? '')) {
    throw new UpstreamError('Twenty does not tell where its pages are', {
      remedy: 'Check SERVER_URL and FRONTEND_URL in the settings of Twenty.',
    });
  }
  return { url, isTwoFactorEnforced };
}
