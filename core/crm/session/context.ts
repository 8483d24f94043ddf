import type { Kysely, Transaction } from 'kysely';
import type { Clock, Logger } from '../../contract/context.ts';
import type { Tables } from '../../store/tables.ts';
import type { Access } from '../access.ts';
import { writeOnly } from '../mirror/declare.ts';
import type { MirrorSpec } from '../mirror/declare.ts';
import type { MirrorTarget, RecordChange } from '../mirror/store.ts';
import type { SchemaSource } from './schema-source.ts';

/** Called inside the transaction that changes the mirror. */
export type OnRecordChange = (
  transaction: Transaction<Tables>,
  tenantId: string,
  changes: readonly RecordChange[],
) => Promise<void>;

/** What every part of a tenant's session works with. */
export interface SessionContext {
  readonly tenantId: string;
  /** ISO 3166-1 alpha-2 */
  readonly country: string;
  readonly db: Kysely<Tables>;
  readonly access: Access;
  readonly schema: SchemaSource;
  readonly specs: ReadonlyMap<string, MirrorSpec>;
  readonly log: Logger;
  readonly clock: Clock;
  readonly onRecordChange: OnRecordChange;
}

/** Where rows of an object go in the mirror. */
export function mirrorTarget({ tenantId, country, specs }: SessionContext, object: string): MirrorTarget {
  return { tenantId, country, spec: specs.get(object) ?? writeOnly(object) };
}
