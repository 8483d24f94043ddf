import { move, transferableSymbol, valueSymbol } from 'piscina';
import { letGo } from './let-go.ts';
import { memoryOf, prepare, type Prepared, type PrepareOptions } from './prepare.ts';

export type Task = {
  /** To be read one after another. */
  readonly mails: readonly { readonly raw: Uint8Array; readonly options: PrepareOptions }[];
  /** Shared memory: how many were begun. */
  readonly begun: Int32Array;
};

/** Runs in a thread of `createPreparing`. Piscina asks for a default export. */
// oxlint-disable-next-line import/no-default-export
export default async function work({ mails, begun }: Task) {
  const all: Prepared[] = [];
  for (const { raw, options } of mails) {
    Atomics.add(begun, 0, 1);
    const bytes = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
    all.push(await prepare(bytes, options));
    letGo(bytes);
  }
  // What was made is handed over, not copied.
  const memory = all.flatMap(memoryOf).map(({ buffer }) => buffer);
  return move({ [valueSymbol]: all, [transferableSymbol]: memory });
}
