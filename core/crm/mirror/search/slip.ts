/**
 * Whether one letter too many, too few, another one, or two that changed places make the difference between what was typed and the beginning of a
 * word. Whoever types has not come to its end yet.
 */
export function isOneSlip(typed: string, word: string): boolean {
  // Nine of ten words are ruled out by their first letters.
  if (word[0] !== typed[0] && word[1] !== typed[0] && word[0] !== typed[1] && word[1] !== typed[1]) return false;
  const { length } = typed;
  return [length, length + 1, length - 1].some((end) => word.length >= end && differsOnce(typed, word.slice(0, end)));
}

function differsOnce(one: string, other: string): boolean {
  const shorter = Math.min(one.length, other.length);
  let start = 0;
  while (start < shorter && one[start] === other[start]) start += 1;
  let end = 0;
  while (end < shorter - start && one.at(-1 - end) === other.at(-1 - end)) end += 1;
  const [left, right] = [one.slice(start, one.length - end), other.slice(start, other.length - end)];
  if (left.length <= 1 && right.length <= 1) return true;
  return left.length === 2 && right.length === 2 && left[0] === right[1] && left[1] === right[0];
}
