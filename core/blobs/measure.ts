import { createHash } from 'node:crypto';
import { PayloadError } from '../contract/errors.ts';

/** Passes bytes through and tells what they were once they are through. */
export interface Measure {
  readonly pass: (source: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>;
  /** SHA-256 in hexadecimal, and the number of bytes; known when everything has passed. */
  readonly result: () => { readonly id: string; readonly bytes: number };
}

/** @throws PayloadError from within the stream as soon as it is too long */
export function createMeasure(maxBytes: number): Measure {
  const hash = createHash('sha256');
  let bytes = 0;
  return {
    pass: async function* (source) {
      for await (const chunk of source) {
        bytes += chunk.byteLength;
        if (bytes > maxBytes) {
          throw new PayloadError(`The file is longer than ${maxBytes} bytes`, { remedy: 'Send a shorter one.' });
        }
        hash.update(chunk);
        yield chunk;
      }
    },
    result: () => ({ id: hash.digest('hex'), bytes }),
  };
}
