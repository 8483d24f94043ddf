import type { Readable } from 'node:stream';
import type { Lane } from './crm.ts';

/** Bytes that the hub holds for this tenant. */
export interface StoredFile {
  /** Their SHA-256: the same bytes have the same id. */
  readonly id: string;
  readonly bytes: number;
}

/** The hub's own store of recordings, attachments and the like. Rows belong to the tenant; nobody else sees them. */
export interface FileStore {
  /**
   * Takes bytes as they come, never whole in memory. What no commit keeps or sends within a day is gone.
   *
   * @throws PayloadError when there are none, or more than `maxBytes` (default and most: 1 GiB)
   */
  readonly put: (
    source: AsyncIterable<Uint8Array>,
    options?: { readonly maxBytes?: number; readonly signal?: AbortSignal },
  ) => Promise<StoredFile>;
  readonly find: (id: string) => Promise<StoredFile | undefined>;
  /**
   * The bytes as a stream. Destroy it when it is not read to the end.
   *
   * @param range first and last byte, both included; whole without
   * @throws NotFoundError
   */
  readonly open: (id: string, range?: { readonly first: number; readonly last: number }) => Promise<Readable>;
}

/** How long the store has to hold a file for a plugin, committed with everything else. */
export interface FileKeep {
  /** Of the plugin's own choosing; the same key replaces what it held. */
  readonly key: string;
  /** `StoredFile.id`; undefined lets go. */
  readonly file: string | undefined;
  /** Until somebody lets go, when absent. */
  readonly until?: Date;
}

/**
 * A stored file that goes to a record of the CRM, committed with everything else. It is sent once the record is there, as often as
 * it takes; the same key is the same file, so that sending it twice leaves one in the CRM.
 */
export interface CrmFile {
  readonly key: string;
  /** `StoredFile.id` */
  readonly file: string;
  /** With its extension, which has to fit the bytes: `call-2026-11-22.wav`. */
  readonly name: string;
  /** The record: by our key, or by its id in Twenty. */
  readonly record: { readonly object: string } & ({ readonly key: string } | { readonly id: string });
  /** A FILES field of the record, where the file is added to those that are there. Without: an attachment of the record. */
  readonly field?: string;
  /** Default `normal`. */
  readonly lane?: Lane;
}

/** A file that lies in the CRM: an entry of a FILES field, such as `file` of an `attachment`. */
export interface CrmFilePlace {
  /** Singular API name. */
  readonly object: string;
  readonly recordId: string;
  readonly field: string;
  /** As the entry names it. */
  readonly fileId: string;
}

/** What a person called an entry of a FILES field, with the extension that the file had, which stays with the entry. */
export function crmFileName(entry: { readonly label: string; readonly extension?: string | null | undefined }): string {
  const { label } = entry;
  const extension = entry.extension ?? '';
  return label.toLowerCase().endsWith(extension.toLowerCase()) ? label : label + extension;
}

export interface OpenedCrmFile {
  /** As a person called it, with its extension: whatever characters they like. */
  readonly name: string;
  /** Asked for with the first of them, and once. Goes to `files.put`; its length nobody knows before its end. */
  readonly content: AsyncIterable<Uint8Array>;
}

/**
 * Files that lie in the CRM. Twenty itself is asked, so that it is for what a person waits for, and everything is over within 50 s; what somebody may
 * see, the caller has to look up before.
 */
export interface CrmFileSource {
  /**
   * The content throws the same where it breaks off.
   *
   * @throws NotFoundError when the record, or the file in it, is gone; UpstreamError when Twenty does not answer; ConfigError without a CRM
   */
  readonly open: (place: CrmFilePlace, signal: AbortSignal) => Promise<OpenedCrmFile>;
}
