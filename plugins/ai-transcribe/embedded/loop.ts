/** So often the same phrase, one after the other, nobody says it. */
const TIMES = 4;
/** Digits and names are said that often in a row. */
const LEAST_TOKENS = 20;
const LONGEST = 12;

/** Whether the last tokens are the same phrase over and over. */
export function isLoop(ids: readonly number[]): boolean {
  for (let length = 1; length <= LONGEST; length += 1) {
    const tokens = length * Math.max(TIMES, Math.ceil(LEAST_TOKENS / length));
    if (ids.length >= tokens && repeats(ids.slice(-tokens), length)) return true;
  }
  return false;
}

function repeats(ids: readonly number[], length: number): boolean {
  return ids.every((id, index) => index < length || id === ids[index - length]);
}
