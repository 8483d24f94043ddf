import { prepare, type Prepared, type PrepareOptions } from './prepare.ts';

export type Task = { readonly raw: Uint8Array; readonly options: PrepareOptions };

/** Runs in a thread of `createPreparing`. Piscina asks for a default export. */
// oxlint-disable-next-line import/no-default-export
export default function work({ raw, options }: Task): Promise<Prepared> {
  return prepare(Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength), options);
}
