import type { MirrorSpec } from './declare.ts';

/** The words of a text as the search compares them: lower case, without accents, at most 60 characters each. */
export function wordsOf(text: string): string[] {
  const plain = text
    .toLowerCase()
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[ßæœøđðþłı]/g, (letter) => undecomposed[letter] ?? letter);
  const words = plain.match(/[\p{L}\p{N}]+/gu) ?? [];
  return [...new Set(words.map((word) => word.slice(0, 60)))];
}

/** Letters that Unicode does not take apart. */
const undecomposed: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ł: 'l',
  ı: 'i',
};

/** The text in a TEXT or FULL_NAME value. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return '';
  return Object.values(value)
    .filter((part) => typeof part === 'string')
    .join(' ');
}

/** Nobody looks for the five-hundredth word of a record. */
const mostWords = 500;

/**
 * The column `words` of a record, as PostgreSQL reads a tsvector: each word with the letters of the fields that it stands in, so that a search can
 * leave fields out, and the mark of tenant and object, so that the index finds no record of others. Words hold letters and digits only and need no
 * quoting.
 *
 * @returns null for a record without words
 */
export function wordsColumn(tenantId: string, spec: MirrorSpec, value: (field: string) => unknown): string | null {
  const letters = new Map<string, Set<string>>();
  for (const [field, letter] of fieldLetters(spec)) {
    for (const word of keptWords(textOf(value(field)))) {
      if (letters.size < mostWords || letters.has(word))
        letters.set(word, (letters.get(word) ?? new Set()).add(letter));
    }
  }
  if (letters.size === 0) return null;
  const words = [...letters].map(([word, own]) => `'${word}':${[...own].map((one) => positions[one] + one).join(',')}`);
  return [`'${markOf(tenantId, spec.object)}'`, ...words].join(' ');
}

const positions: Readonly<Record<string, string>> = { A: '1', B: '2', C: '3', D: '4' };

/** The words by which a text is found: case C-000120 by 120 as well. */
export function keptWords(text: string): string[] {
  return wordsOf(text).flatMap((word) => (/^0+[1-9]\d*$/.test(word) ? [word, word.replace(/^0+/, '')] : [word]));
}

/**
 * The letter of each field that is searched, from A to D: a tsvector knows four. From the fourth on fields share one. In the order of their names, so
 * that the order in which plugins declare them does not matter.
 */
export function fieldLetters({ search }: Pick<MirrorSpec, 'search'>): [field: string, letter: string][] {
  return search.toSorted().map((field, index) => [field, 'ABCD'[Math.min(index, 3)]!]);
}

/** Begins as no word does. */
export const markOf = (tenantId: string, object: string): string => `=${tenantId.slice(0, 8)}/${object}`;
