import { z } from 'zod';
import { CredentialsError, UpstreamError } from '../../contract/errors.ts';
import type { TwentyClient } from './client.ts';
import { PermissionError } from './errors.ts';

/** The member of a workspace for whom a token speaks. */
export interface TwentyUser {
  readonly workspaceId: string;
  readonly userId: string;
  readonly workspaceMemberId: string;
  readonly email: string;
  readonly name: string;
  /** As the member chose it in Twenty: `en`, `nl-NL`. */
  readonly locale: string;
  /** Undefined for a member without a role: he may do nothing. */
  readonly roleId: string | undefined;
}

/** A member at sign-in, with what only the own account shows. */
export interface SigningIn extends TwentyUser {
  readonly twoFactor: {
    /** A second factor that was confirmed once. */
    readonly hasMethod: boolean;
    /** Whether the workspace demands one of everybody at its own sign-in. */
    readonly isEnforced: boolean;
  };
}

const userFields = 'id email workspaceMember{id locale name{firstName lastName} roles{id}}';
const userQuery = `{currentUser{${userFields} currentWorkspace{id}}}`;
const signInQuery = `{currentUser{${userFields} currentWorkspace{id isTwoFactorAuthenticationEnforced}
  currentUserWorkspace{twoFactorAuthenticationMethodSummary{status}}}}`;

const answer = z.object({
  currentUser: z.object({
    id: z.string(),
    email: z.string(),
    currentWorkspace: z.object({ id: z.string() }).nullable(),
    workspaceMember: z
      .object({
        id: z.string(),
        locale: z.string().nullable(),
        name: z.object({ firstName: z.string(), lastName: z.string() }),
        roles: z.array(z.object({ id: z.string() })).nullable(),
      })
      .nullable(),
  }),
});

/**
 * Twenty publishes no key by which its tokens could be verified, so it is asked: whoever the token belongs to may read
 * himself, API keys and tokens of an application without a user may not (Twenty 2.21, measured).
 *
 * @returns undefined when Twenty does not accept the token or nobody stands behind it
 * @throws UpstreamError when Twenty cannot be asked
 */
export async function whoIs(client: TwentyClient, token: string, signal: AbortSignal): Promise<TwentyUser | undefined> {
  const data = await ask(client, token, userQuery, signal);
  return data === undefined ? undefined : readUser(data);
}

/** The same with the state of the second factor. */
export async function whoSignsIn(
  client: TwentyClient,
  token: string,
  signal: AbortSignal,
): Promise<SigningIn | undefined> {
  const data = await ask(client, token, signInQuery, signal);
  const user = data === undefined ? undefined : readUser(data);
  if (user === undefined) return undefined;
  const parsed = securityAnswer.safeParse(data);
  if (!parsed.success) throw unknownShape();
  const { currentWorkspace, currentUserWorkspace } = parsed.data.currentUser;
  const methods = currentUserWorkspace.twoFactorAuthenticationMethodSummary ?? [];
  return {
    ...user,
    twoFactor: {
      hasMethod: methods.some(({ status }) => status === 'VERIFIED'),
      isEnforced: currentWorkspace.isTwoFactorAuthenticationEnforced,
    },
  };
}

const securityAnswer = z.object({
  currentUser: z.object({
    currentWorkspace: z.object({ isTwoFactorAuthenticationEnforced: z.boolean() }),
    currentUserWorkspace: z.object({
      twoFactorAuthenticationMethodSummary: z.array(z.object({ status: z.string() })).nullable(),
    }),
  }),
});

function unknownShape(): UpstreamError {
  return new UpstreamError('Twenty describes its users in a way the hub does not know');
}

function readUser(data: unknown): TwentyUser | undefined {
  const parsed = answer.safeParse(data);
  if (!parsed.success) throw unknownShape();
  const { id, email, currentWorkspace, workspaceMember } = parsed.data.currentUser;
  if (currentWorkspace === null || workspaceMember === null) return undefined;
  const { firstName, lastName } = workspaceMember.name;
  return {
    workspaceId: currentWorkspace.id,
    userId: id,
    workspaceMemberId: workspaceMember.id,
    email,
    name: `${firstName} ${lastName}`.trim() || email,
    locale: workspaceMember.locale ?? 'en',
    roleId: workspaceMember.roles?.[0]?.id,
  };
}

async function ask(client: TwentyClient, token: string, query: string, signal: AbortSignal): Promise<unknown> {
  try {
    return (await client.metadata(token, { query, timeoutMs: 5000 }, signal)).data;
  } catch (error) {
    if (error instanceof CredentialsError || error instanceof PermissionError) return undefined;
    throw error;
  }
}
