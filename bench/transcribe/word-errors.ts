export interface WordErrors {
  readonly errors: number;
  readonly words: number;
}

/** Words that are missing, wrong or too many, by the shortest way from one text to the other. */
export function countWordErrors(said: string, written: string): WordErrors {
  const [from, to] = [wordsOf(said), wordsOf(written)];
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [line, word] of from.entries()) {
    const next = [line + 1];
    for (const [column, other] of to.entries()) {
      const replaced = (row[column] ?? 0) + (word === other ? 0 : 1);
      next.push(Math.min(replaced, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    row = next;
  }
  return { errors: row.at(-1) ?? 0, words: from.length };
}

/** Good-bye is goodbye. */
function wordsOf(text: string): string[] {
  return (
    text
      .toLowerCase()
      .replaceAll(/[-']/g, '')
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}
