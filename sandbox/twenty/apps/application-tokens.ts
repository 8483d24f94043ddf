import { GraphqlError } from '../errors.ts';
import { TokenError } from '../auth/errors.ts';
import type { IssuedToken } from '../auth/tokens.ts';
import type { Server } from '../server.ts';

export type ApplicationTokens = { applicationAccessToken: IssuedToken; applicationRefreshToken: IssuedToken };

/** Whom an application token speaks for: the application, or one user through it. */
export type ApplicationTokenSubject = {
  applicationId: string;
  workspaceId: string;
  userId?: string;
  userWorkspaceId?: string;
};

export async function applicationTokens(server: Server, subject: ApplicationTokenSubject): Promise<ApplicationTokens> {
  const claims = { sub: subject.applicationId, ...subject };
  return {
    applicationAccessToken: await server.tokens.sign({ type: 'APPLICATION_ACCESS', ...claims }),
    applicationRefreshToken: await server.tokens.sign({ type: 'APPLICATION_REFRESH', ...claims }),
  };
}

/** A new pair; refresh tokens are not used up and stay good until they expire. */
export async function renewApplicationTokens(server: Server, refreshToken: string): Promise<ApplicationTokens> {
  try {
    const claims = await server.tokens.verify(refreshToken, ['APPLICATION_REFRESH']);
    return await applicationTokens(server, subjectOf(claims));
  } catch (error) {
    if (!(error instanceof TokenError)) throw error;
    throw new GraphqlError(error.message, 'UNAUTHENTICATED', {
      subCode: 'APPLICATION_REFRESH_TOKEN_INVALID_OR_EXPIRED',
      userFriendlyMessage: 'You must be authenticated to perform this action.',
    });
  }
}

export function subjectOf(claims: {
  sub: string;
  workspaceId: string;
  userId?: string;
  userWorkspaceId?: string;
}): ApplicationTokenSubject {
  const { userId, userWorkspaceId } = claims;
  return {
    applicationId: claims.sub,
    workspaceId: claims.workspaceId,
    ...(userId !== undefined && { userId }),
    ...(userWorkspaceId !== undefined && { userWorkspaceId }),
  };
}
