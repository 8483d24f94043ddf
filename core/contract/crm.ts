import type { CrmFinder } from './crm-find.ts';

/** A record as the mirror holds it: `id`, the declared fields as Twenty answers them, `xId` columns for relations. */
export interface CrmRecord {
  readonly id: string;
  readonly [field: string]: unknown;
}

/** The importance of work: a ringing call before a mail, a mail before an import. */
export type Lane = 'live' | 'normal' | 'bulk';

/**
 * One patch of one CRM record, handed to the outbox. It holds only the fields it changes. The gateway merges patches
 * of one record, sends them in batches and retries; running the same write twice lands one record.
 */
export type CrmWrite = {
  /** Singular API name of the object: `person`, `phoneCall`. */
  readonly object: string;
  /** Field values as Twenty's API takes them; relations as `personId`. PHONES, EMAILS and LINKS are completed from the mirror. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** Default `normal`. */
  readonly lane?: Lane;
} & (
  | {
      /** A stable key of our own; the record's id is derived from it (UUID v5 over tenant, object and key). */
      readonly key: string;
    }
  | {
      /** The id of a record that exists. */
      readonly id: string;
    }
);

/** The CRM objects a plugin reads. Declared fields are copied into the mirror and kept fresh. */
export interface MirroredObject {
  /** Singular API name. */
  readonly object: string;
  /** Scalar and composite fields to copy; relations by their `xId` column. `id`, `createdAt`, `updatedAt` and `deletedAt` always come along. */
  readonly fields: readonly string[];
  /** PHONES fields to index in E.164. */
  readonly phones?: readonly string[];
  /** EMAILS fields to index, lower-cased. */
  readonly emails?: readonly string[];
  /** The fields whose text `search` looks through (TEXT, FULL_NAME); of more than four, the last share the rights to each other. */
  readonly search?: readonly string[];
  /** Fields whose values no event repeats: what is deleted at a person's wish must not live on in what was told of it. */
  readonly untold?: readonly string[];
}

export interface CrmMatch {
  readonly object: string;
  readonly record: CrmRecord;
}

/** Reads from the mirror: no network, no CRM budget, milliseconds. Only this tenant's records; deleted ones never. */
export interface CrmReader extends CrmFinder {
  /** The id a `CrmWrite` with this key has or will have. */
  readonly idFor: (object: string, key: string) => string;
  readonly get: (object: string, id: string) => Promise<CrmRecord | undefined>;
  /** The same for many at once, by the id that was asked for; those that are not there are missing. */
  readonly getMany: (object: string, ids: readonly string[]) => Promise<ReadonlyMap<string, CrmRecord>>;
  /** Every record that carries this number. @param e164 `+31201234567` */
  readonly findByPhone: (e164: string) => Promise<CrmMatch[]>;
  /** Every record that carries this address, compared lower-cased. */
  readonly findByEmail: (email: string) => Promise<CrmMatch[]>;
  /** The same for many at once, by the address as it was asked for; those that nobody carries are missing. */
  readonly findByEmails: (emails: readonly string[]) => Promise<ReadonlyMap<string, readonly CrmMatch[]>>;
  /**
   * Records whose declared search text holds every word or one that begins with it, best first; where these are few, also words with it in their
   * middle or one slip apart. @param limit of each object, default 20, at most 100
   */
  readonly search: (text: string, options?: { objects?: readonly string[]; limit?: number }) => Promise<CrmMatch[]>;
  /**
   * Records of an object whose field equals the value: an id, a number, a name, or a choice that few have. All that equal it are looked at.
   * @param limit default 100, at most 1000
   */
  readonly findBy: (object: string, field: string, value: string, limit?: number) => Promise<CrmRecord[]>;
  /** Records of an object in the order of their ids. @param page.after the last id of the page before. @param page.limit default 100, at most 1000 */
  readonly all: (object: string, page?: { after?: string; limit?: number }) => Promise<CrmRecord[]>;
  /** How many records of an object there are, as far as they are copied. For check-ups and figures: it reads all of them. */
  readonly count: (object: string) => Promise<number>;
}
