import { createHash } from 'node:crypto';

import { tenantColumn } from './database.ts';
import { InvalidJobError } from './errors.ts';
import { defaultAttempts } from './job-type.ts';
import { toStoredPayload, unstorable } from './payload.ts';
import type { EnqueueInput } from './queue.ts';
import type { NewJob } from './sql/insert.ts';

/**
 * Checks an input and turns it into the row it becomes.
 *
 * @throws InvalidPayloadError, InvalidJobError
 */
export function toNewJob(input: EnqueueInput): NewJob {
  const { type, owner, dedupeKey, delayMs = 0 } = input;
  const { stored, parsed } = toStoredPayload(type, input.payload);
  const tenantId = tenantColumn(input.tenantId);
  const serializeKey = type.serialize?.(parsed);
  checkText(type.name, 'owner', owner);
  checkText(type.name, 'dedupeKey', dedupeKey);
  if (!Number.isFinite(delayMs) || delayMs < 0) throw new InvalidJobError(`${type.name}: delayMs must be 0 or more`);
  return {
    tenant_id: tenantId,
    owner,
    type: type.name,
    lane: input.lane ?? type.lane ?? 'normal',
    payload: stored,
    dedupe_key: dedupeKey,
    dedupe_hash: hashKey(tenantId, owner, type.name, dedupeKey),
    dedupe_forever: (input.dedupe ?? 'forever') === 'forever',
    serialize_hash: serializeKey === undefined ? null : hashKey(tenantId, owner, serializeKey),
    max_attempts: type.attempts ?? defaultAttempts,
    delay_ms: delayMs,
  };
}

const maxKeyLength = 1000;

function checkText(type: string, field: string, text: string): void {
  const problem =
    text.trim() === ''
      ? 'is empty'
      : text.length > maxKeyLength
        ? `is longer than ${maxKeyLength} characters`
        : unstorable(text);
  if (problem !== undefined) throw new InvalidJobError(`${type}: ${field} ${problem}`);
}

/** Sixteen bytes of SHA-256 in the form of a uuid: indexes stay small whatever the keys are. */
export function hashKey(...parts: readonly string[]): string {
  const hex = createHash('sha256').update(JSON.stringify(parts)).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}
