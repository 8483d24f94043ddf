/** The same bytes in memory of their own: a part of a larger buffer is kept, or sent to another thread, with all of it. */
export function exact(bytes: Buffer): Buffer {
  return bytes.buffer.byteLength === bytes.byteLength ? bytes : Buffer.from(new Uint8Array(bytes).buffer);
}
