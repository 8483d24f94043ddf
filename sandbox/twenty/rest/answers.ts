import { GraphqlError } from '../errors.ts';
import { translateDatabaseError } from '../records/write/database-errors.ts';

export type RestAnswer = { status: number; body: unknown };

/** A refusal of the REST API itself, before any record operation. */
export function badRequest(message: string): GraphqlError {
  return new GraphqlError(message, 'BAD_USER_INPUT');
}

/** The error bodies of REST (Twenty 2.21, measured): a machine code only for permissions and bad ids. */
export function restError(error: unknown): RestAnswer {
  const translated = translateDatabaseError(error);
  const messages = [translated instanceof Error ? translated.message : String(translated)];
  if (!(translated instanceof GraphqlError)) return answer(500, 'InternalServerErrorException', messages);
  const { code, details } = translated;
  if (details.subCode === 'LIMIT_REACHED') return answer(429, 'HttpException', messages);
  if (code === 'NOT_FOUND') return answer(404, 'NotFoundException', messages);
  if (details.subCode === 'PERMISSION_DENIED' || details.subCode === 'INVALID_QUERY_INPUT') {
    return { status: 400, body: { statusCode: 400, error: 'Error', messages, code: details.subCode } };
  }
  if (code === 'INTERNAL_SERVER_ERROR') return answer(500, 'InternalServerErrorException', messages);
  return answer(400, 'BadRequestException', messages);
}

/** No token, a bad or expired one, a revoked key. */
export function loginError(error: Error | undefined): RestAnswer {
  if (error === undefined) return loginAnswer(403, 'Missing authentication token', 'FORBIDDEN_EXCEPTION');
  const isForbidden = error instanceof GraphqlError && error.code === 'FORBIDDEN';
  return loginAnswer(isForbidden ? 403 : 401, error.message, isForbidden ? 'FORBIDDEN_EXCEPTION' : 'UNAUTHENTICATED');
}

function answer(statusCode: number, error: string, messages: string[]): RestAnswer {
  return { status: statusCode, body: { statusCode, error, messages } };
}

function loginAnswer(statusCode: number, message: string, error: string): RestAnswer {
  return { status: statusCode, body: { statusCode, messages: [message], error } };
}
