import { GraphqlError } from '../errors.ts';

const NOT_ALLOWED = 'You do not have permission to perform this action.';

/** A token that is forged, expired or of the wrong kind. The message is the one Twenty shows. */
export class TokenError extends Error {
  constructor(message: 'Token invalid.' | 'Token has expired.', options?: ErrorOptions) {
    super(message, options);
    this.name = 'TokenError';
  }
}

// The two answers below come from Twenty's middleware, which sends the translatable message as an object (measured).
export function badToken(message: string): GraphqlError {
  return new GraphqlError(message, 'UNAUTHENTICATED', {
    subCode: 'UNAUTHENTICATED',
    extensions: {
      userFriendlyMessage: { id: 'z+7x/s', message: 'You must be authenticated to perform this action.' },
    },
  });
}

export function revokedKey(): GraphqlError {
  return new GraphqlError('This API Key is revoked', 'FORBIDDEN', {
    subCode: 'FORBIDDEN_EXCEPTION',
    extensions: { userFriendlyMessage: { id: 'q5OVn+', message: NOT_ALLOWED } },
  });
}

/** A guard of the web framework said no: no token, or a token without the user that is needed. */
export function forbiddenResource(message = 'Forbidden resource'): GraphqlError {
  return new GraphqlError(message, 'FORBIDDEN', {
    userFriendlyMessage: 'An error occurred.',
    extensions: { response: { message, error: 'Forbidden', statusCode: 403 } },
  });
}

export function forbidden(
  message: string,
  subCode = 'FORBIDDEN_EXCEPTION',
  userFriendlyMessage = NOT_ALLOWED,
): GraphqlError {
  return new GraphqlError(message, 'FORBIDDEN', { subCode, userFriendlyMessage });
}

/** The role lacks a permission. `detail` names the field, as in `no permission to read field "x" on "y"`. */
export function permissionDenied(detail?: string): GraphqlError {
  const message = 'Entity performing the request does not have permission';
  return new GraphqlError(detail === undefined ? message : `${message}: ${detail}`, 'FORBIDDEN', {
    subCode: 'PERMISSION_DENIED',
    userFriendlyMessage: 'User does not have permission.',
  });
}

/** The same refusal by webhooks and application registrations, which have no error filter (Twenty 2.21, measured). */
export function featureDenied(): GraphqlError {
  return new GraphqlError('Entity performing the request does not have permission', 'INTERNAL_SERVER_ERROR', {
    userFriendlyMessage:
      'You do not have permission to access this feature. Please contact your workspace administrator for access.',
  });
}

/** Records asked for by an application that has no role. */
export function invalidAuthContext(): GraphqlError {
  return new GraphqlError('Invalid auth context', 'UNAUTHENTICATED', {
    subCode: 'INVALID_AUTH_CONTEXT',
    userFriendlyMessage: 'An error occurred.',
  });
}
