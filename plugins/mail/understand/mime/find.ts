import type { Part } from './tree.ts';
import { decodeTransfer } from './transfer.ts';

export function* walkParts(part: Part): Generator<Part> {
  yield part;
  for (const child of part.parts) yield* walkParts(child);
}

/** The first part, in the order of the message, that fits. */
export function findPart(root: Part, fits: (part: Part) => boolean): Part | undefined {
  for (const part of walkParts(root)) if (fits(part)) return part;
  return undefined;
}

/** The bytes of a part without its transfer encoding. */
export function bytesOf(part: Part): Buffer {
  return decodeTransfer(part.body, part.encoding).bytes;
}
