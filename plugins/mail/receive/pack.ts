import { deflateRawSync } from 'node:zlib';

/** More goes to the hub's files: a row is read and written as a whole. */
export const LARGEST_IN_ROW = 1024 * 1024;

/** Compresses the bytes of a message, at the fastest level: text shrinks to a third, and attachments hardly shrink at any. */
export function pack(raw: Buffer): Uint8Array {
  // A copy as long as it is: the result is a part of a larger buffer, which would be kept, or sent to another thread, with it.
  return new Uint8Array(deflateRawSync(raw, { level: 1 }));
}
