/**
 * Texts as sets of groups of three letters. No list of words and no language: what stands in many of a tenant's texts counts little or not at
 * all, and a slip of the finger changes a few groups only. Pure.
 */

/** Of a longer text the beginning counts. */
const MOST_GRAMS = 128;

/** Sorted hashes, each once. */
export function gramsOf(text: string): number[] {
  const grams = new Set<number>();
  for (const word of wordsOf(text)) {
    const letters = Array.from(` ${word} `);
    for (let end = 3; end <= letters.length && grams.size < MOST_GRAMS; end += 1) {
      grams.add(hash(letters.slice(end - 3, end).join('')));
    }
  }
  return [...grams].toSorted((one, other) => one - other);
}

/** Without accents, case and signs. */
function wordsOf(text: string): string[] {
  const plain = text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
  return plain.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
}

/** FNV-1a, 32 bits as PostgreSQL's integer. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  return value | 0;
}

/** In how many of all texts a gram stands. */
export interface Corpus {
  readonly texts: number;
  /** Of those that stand in several texts; others are rare. */
  readonly counts: ReadonlyMap<number, number>;
}

/** What stands in a larger part of all texts than this says nothing about any of them. */
const STOP_SHARE = 0.12;
/** Before there are so many texts, nothing can be called usual. */
const FEW_TEXTS = 50;

/** How much a gram says: more the rarer it is, nothing when it is everywhere. */
function weightOf(gram: number, { texts, counts }: Corpus): number {
  const count = counts.get(gram) ?? 0;
  if (texts >= FEW_TEXTS && count > texts * STOP_SHARE) return 0;
  return Math.log(1 + Math.max(texts, FEW_TEXTS) / (1 + count));
}

/** Grams of a text with their weights; those that say nothing are left out. */
export type Weighed = ReadonlyMap<number, number>;

export function weigh(grams: readonly number[], corpus: Corpus): Weighed {
  return new Map(grams.map((gram) => [gram, weightOf(gram, corpus)] as const).filter(([, weight]) => weight > 0));
}

/** Those by which texts like this one are found: the rarest. */
export function rarest(weighed: Weighed, most: number): number[] {
  return [...weighed]
    .toSorted(([, one], [, other]) => other - one)
    .slice(0, most)
    .map(([gram]) => gram);
}

/**
 * How alike a text is to one that was weighed: the cosine of their weights, from 0 to 1. Grams that only the other has count like the average one,
 * so that nobody has to look up how rare they are.
 */
export function alike(weighed: Weighed, other: readonly number[]): number {
  if (weighed.size === 0 || other.length === 0) return 0;
  let own = 0;
  for (const weight of weighed.values()) own += weight * weight;
  let shared = 0;
  let sharedCount = 0;
  for (const gram of other) {
    const weight = weighed.get(gram);
    if (weight === undefined) continue;
    shared += weight * weight;
    sharedCount += 1;
  }
  const theirs = shared + (other.length - sharedCount) * (own / weighed.size);
  return shared / Math.sqrt(own * theirs);
}
