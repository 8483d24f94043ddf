import { understand, type UnderstandOptions } from './understand.ts';
import type { Understood } from './understood.ts';

export interface Task {
  readonly raw: Uint8Array;
  readonly options: UnderstandOptions;
}

/** Runs in a thread of `createUnderstanding`. Piscina asks for a default export. */
// oxlint-disable-next-line import/no-default-export
export default function work({ raw, options }: Task): Promise<Understood> {
  return understand(Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength), options);
}
