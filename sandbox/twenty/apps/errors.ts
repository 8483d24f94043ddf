import { GraphqlError } from '../errors.ts';

/** Twenty's answer for an application, registration or entity that is not there. */
export function applicationNotFound(message: string, subCode = 'APPLICATION_NOT_FOUND'): GraphqlError {
  const userFriendlyMessage =
    subCode === 'APP_NOT_INSTALLED'
      ? 'Application is not installed in this workspace. Install it first.'
      : 'Application not found.';
  return new GraphqlError(message, 'NOT_FOUND', { subCode, userFriendlyMessage });
}

export function invalidApplicationInput(message: string): GraphqlError {
  return new GraphqlError(message, 'BAD_USER_INPUT', {
    subCode: 'INVALID_INPUT',
    userFriendlyMessage: 'Invalid input provided.',
  });
}
