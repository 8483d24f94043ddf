import type { Readable } from 'node:stream';

export type ByteRange = { readonly first: number; readonly last: number };

/** Where the bytes lie. A location is written once, by whoever made it up, and never changes. */
export interface BlobStorage {
  /** Whole and safe on disk when it resolves; nothing is left behind when it rejects. */
  readonly write: (location: string, source: AsyncIterable<Uint8Array>, signal: AbortSignal) => Promise<void>;
  /** @throws NotFoundError */
  readonly read: (location: string, range?: ByteRange) => Promise<Readable>;
  /** Nothing happens when it is not there. */
  readonly remove: (location: string) => Promise<void>;
  /** Everything that lies there, half-written things included. */
  readonly list: () => AsyncIterable<{ readonly location: string; readonly changedAt: Date }>;
}
