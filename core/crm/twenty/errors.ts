import { CredentialsError, RateLimitedError, RefusedError, UpstreamError } from '../../contract/errors.ts';
import type { SwitchboardError } from '../../contract/errors.ts';
import { limitFromMessage } from '../limits.ts';
import type { Limit } from '../limits.ts';

/** Twenty counts too many calls. */
export class LimitReachedError extends RateLimitedError {
  readonly limit: Limit | undefined;
  /** Told by the server, milliseconds. */
  readonly retryAfterMs: number | undefined;

  constructor(message: string, retryAfterMs: number | undefined) {
    super(message, retryAfterMs ?? 650);
    this.limit = limitFromMessage(message);
    this.retryAfterMs = retryAfterMs;
  }
}

/** Something in the data of the request is not acceptable. Twenty rarely says which row. */
export class RecordRefusedError extends RefusedError {
  /** Twenty found the value of a unique field in use. */
  readonly isDuplicate: boolean = false;
}

/** The object lost a field since its schema was read; every row that sets it is refused, and no other. */
export class MissingFieldError extends RecordRefusedError {
  override readonly code: string = 'missing';
  override readonly field: string;

  constructor(message: string, field: string) {
    super(message, {
      remedy: 'install or update the Switchboard app in this workspace (npm run crm:install), then replay',
    });
    this.field = field;
  }
}

class DuplicateError extends RecordRefusedError {
  override readonly isDuplicate = true;
}

/** The body is larger than the server reads; smaller pieces may pass. */
export class TooLargeError extends RecordRefusedError {
  override readonly code: string = 'too-large';
}

/** The workspace has no such object. */
export class MissingObjectError extends RefusedError {
  override readonly code: string = 'missing';
}

/** The role of this credential does not allow it. */
export class PermissionError extends RefusedError {
  override readonly code: string = 'permission';
}

/** The server failed on this request and cannot tell whether the data or itself is to blame. */
export class ServerFaultError extends UpstreamError {
  override readonly code: string = 'server-fault';
}

export type GraphqlError = {
  readonly message: string;
  readonly extensions?: { readonly code?: string; readonly subCode?: string };
  readonly locations?: unknown;
};

/**
 * What a GraphQL error of Twenty means to us. They come with HTTP 200; the codes say less than the
 * messages (Twenty 2.21, measured: duplicates and foreign keys have BAD_USER_INPUT without a sub code).
 */
export function readGraphqlError({ message, extensions, locations }: GraphqlError): SwitchboardError {
  const { code, subCode } = extensions ?? {};
  if (subCode === 'LIMIT_REACHED') return new LimitReachedError(message, undefined);
  if (code === 'UNAUTHENTICATED') return new CredentialsError(message, { remedy: newKeyRemedy });
  if (code === 'FORBIDDEN' || isPermissionMessage(message)) return readForbidden(message);
  if (message.startsWith('A duplicate entry was detected')) {
    return new DuplicateError(message, {
      remedy: 'another record has this value already; change one of them, then replay',
    });
  }
  const missingField = /^Object \w+ doesn't have any "(\w+)" field\.$/.exec(message)?.[1];
  if (missingField !== undefined) return new MissingFieldError(message, missingField);
  if (subCode === 'UPSERT_MULTIPLE_MATCHING_RECORDS_CONFLICT') {
    return new RecordRefusedError(message, {
      remedy:
        'two records in Twenty match this one, by its id and by a unique value: merge them, or change one, then replay',
    });
  }
  if (message.includes('violates foreign key constraint')) return foreignKeyError(message);
  if (code === 'INTERNAL_SERVER_ERROR') return new ServerFaultError(message);
  if (code === undefined && locations !== undefined) {
    return new MissingObjectError(message, {
      remedy: 'install the Switchboard app in this workspace: npm run crm:install',
    });
  }
  return new RecordRefusedError(message, { remedy: 'correct the value or the field in Twenty, then replay' });
}

const newKeyRemedy =
  'create a new API key in Twenty (Settings, APIs & Webhooks) and connect the workspace again with it';

const isPermissionMessage = (message: string): boolean =>
  message.startsWith('Entity performing the request does not have permission');

function readForbidden(message: string): SwitchboardError {
  if (/revoked/i.test(message)) return new CredentialsError(message, { remedy: newKeyRemedy });
  return new PermissionError(message, {
    remedy:
      'give the role of the API key and of the Switchboard app the right to read and update this object in Twenty',
  });
}

function foreignKeyError(message: string): RecordRefusedError {
  return new RecordRefusedError(message, {
    remedy: 'it points at a record that Twenty does not have: restore that record, or discard this write',
  });
}
