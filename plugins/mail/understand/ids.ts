import type { WrittenIds } from './understood.ts';
import { allValues, type RawField } from './mime/headers.ts';
import { decodeText } from './mime/words.ts';

const maxIds = 128;
const maxLength = 998;

/** For comparing: the domain of an id is the same in any case, what stands before it is not. */
export function normaliseId(written: string): string {
  const at = written.lastIndexOf('@');
  return at === -1 ? written : written.slice(0, at) + written.slice(at).toLowerCase();
}

export function readIds(fields: readonly RawField[]): WrittenIds {
  const own = allValues(fields, 'message-id').map((value) => idsIn(value)[0] ?? '');
  return {
    messageId: own.find((id) => id !== '') ?? '',
    inReplyTo: allValues(fields, 'in-reply-to').flatMap(idsIn).slice(0, maxIds),
    references: unique(allValues(fields, 'references').flatMap(idsIn)).slice(-maxIds),
  };
}

/**
 * The ids in a value. Old clients write prose around them ("Your message of Tuesday <...>"), some leave the brackets out, gateways fold inside.
 */
export function idsIn(value: string): string[] {
  const decoded = decodeText(value);
  const bracketed = [...decoded.matchAll(/<([^<>]{1,2000})>/g)].map((match) => compact(match[1] ?? '')).filter(isId);
  if (bracketed.length > 0) return bracketed;
  const words = decoded.replaceAll(/[<>]/g, ' ').split(/[\s,;]+/);
  const bare = words.filter((word) => /^[^\s@"()]+@[^\s@"()]+$/.test(word));
  // An answer names somebody ("from joe@example.com of Tuesday"): that is no id.
  if (bare.length > 0 && bare.length === words.filter((word) => word !== '').length) return bare.filter(isId);
  const [only] = words.filter((word) => word !== '');
  return words.filter((word) => word !== '').length === 1 && only !== undefined && isId(only) ? [only] : [];
}

function compact(id: string): string {
  return id.replaceAll(/\s+/g, '');
}

function isId(id: string): boolean {
  return id !== '' && id.length <= maxLength && !/^@?$/.test(id);
}

export function unique(values: readonly string[]): string[] {
  return [...new Set(values)];
}
