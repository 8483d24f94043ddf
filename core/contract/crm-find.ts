import type { CrmMatch, CrmRecord } from './crm.ts';

/** Finding and listing in the mirror, for people who look for something. Fields that a member may not read neither find nor order anything. */
export interface CrmFinder {
  /** Records of which a number or an address begins or ends so; the shortest first, then the latest changed. @param limit default 20, at most 100 */
  readonly findByKeyPart: (
    part: KeyPart,
    options: { objects: readonly string[]; limit?: number },
  ) => Promise<CrmMatch[]>;
  /**
   * The newest records of several lists as one. A page follows the one before by the last record of it, so that records which come meanwhile
   * neither repeat nor hide any.
   */
  readonly newest: (sources: readonly MomentSource[], page?: MomentPage) => Promise<Moment[]>;
  /** What is known of a record that was deleted; after its destruction that is its id alone. Undefined for one that is there or never was. */
  readonly deleted: (object: string, id: string) => Promise<CrmRecord | undefined>;
}

/** Of the numbers (E.164) and addresses that are indexed. */
export type KeyPart =
  | { readonly phoneStarts: string }
  /** Digits. */
  | { readonly phoneEnds: string }
  | { readonly emailStarts: string };

/** A list of records of one object in the order of a time. Fields are named as in records, relations by their `xId` column. */
export interface MomentSource {
  readonly object: string;
  /** The DATE_TIME field that says when it was. Records without it are left out. */
  readonly at: string;
  /** Fields with the text that they hold. */
  readonly equal?: Readonly<Record<string, string>>;
  /** TEXT fields with their beginning. */
  readonly starts?: Readonly<Record<string, string>>;
  /** Fields that hold nothing. */
  readonly empty?: readonly string[];
  /** Fields with the choices that they do not have. */
  readonly noneOf?: Readonly<Record<string, readonly string[]>>;
  /** Only what belongs, by this field, to one of those records: messages of the cases of a company. */
  readonly through?: {
    readonly field: string;
    readonly object: string;
    readonly equal: Readonly<Record<string, string>>;
  };
}

export interface MomentPage {
  /** The last of the page before. */
  readonly before?: Pick<Moment, 'at'> & { readonly id: string };
  /** ISO 8601; nothing earlier. */
  readonly since?: string;
  /** Default 50, at most 200. */
  readonly limit?: number;
}

export interface Moment {
  readonly object: string;
  readonly record: CrmRecord;
  /** As the record has it, ISO 8601. */
  readonly at: string;
}
