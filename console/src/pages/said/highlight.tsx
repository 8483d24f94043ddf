/** The text with what was looked for marked. @param words lower case; each may be the beginning of a word */
export function Highlighted({ text, words }: { readonly text: string; readonly words: readonly string[] }) {
  return partsOf(text, words).map(({ part, isHit }, index) => (isHit ? <mark key={index}>{part}</mark> : part));
}

export function partsOf(text: string, words: readonly string[]): { part: string; isHit: boolean }[] {
  if (words.length === 0) return [{ part: text, isHit: false }];
  const escaped = words.map((word) => word.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(${escaped.join('|')})`, 'giu');
  return text
    .split(pattern)
    .map((part, index) => ({ part, isHit: index % 2 === 1 }))
    .filter(({ part }) => part !== '');
}

export const wordsIn = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
