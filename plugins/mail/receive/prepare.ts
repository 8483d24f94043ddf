import { newestFirst } from '../file/references.ts';
import { cleaned } from '../understand/text/clean.ts';
import { understand, type UnderstandOptions } from '../understand/understand.ts';
import { exact } from '../client/exact.ts';
import { columnsOf } from './columns.ts';
import { messageIdOf } from './identity.ts';
import { LARGEST_IN_ROW, pack } from './pack.ts';

export type PrepareOptions = Pick<UnderstandOptions, 'trustedServers'> & {
  /** Written by whoever owns the mailbox. */
  readonly isOutgoing: boolean;
};

/**
 * A message that was understood, in the form in which it is stored. As bytes, because they cross from thread to thread and on to the database as
 * they are, and cost the heap of the hub nothing.
 */
export type Prepared = {
  readonly id: string;
  /** The columns that the message itself tells of: JSON in UTF-8. */
  readonly columns: Buffer;
  /** Ids of messages that it names. */
  readonly named: readonly string[];
  /** Its bytes, compressed; undefined when they are too many for a row. */
  readonly packed: Buffer | undefined;
};

/** All that is done with a message before it is stored. Pure apart from the CPU it takes. */
export async function prepare(raw: Buffer, { isOutgoing, ...options }: PrepareOptions): Promise<Prepared> {
  const mail = await understand(raw, options);
  return {
    id: messageIdOf(mail, isOutgoing),
    columns: asJson(columnsOf(mail)),
    named: newestFirst(mail),
    packed: raw.length <= LARGEST_IN_ROW ? pack(raw) : undefined,
  };
}

const unsound = /\\u(?:0000|d[89a-f])/i;

/** What was understood is clean. Should something have slipped through, one message must not keep a whole range from being stored. */
function asJson(columns: object): Buffer {
  const text = JSON.stringify(columns);
  return exact(Buffer.from(unsound.test(text) ? JSON.stringify(columns, cleanedValue) : text));
}

function cleanedValue(_key: string, value: unknown): unknown {
  return typeof value === 'string' ? cleaned(value) : value;
}
