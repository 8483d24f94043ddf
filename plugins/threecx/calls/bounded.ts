/**
 * A queue may ring the same agents for hours, and a call is kept in one piece. Of what was rung in vain only the beginning is kept: those who
 * answered tell the rest. The same items remain whether they are cut at once or after every step.
 *
 * @param items in the order in which they happened
 */
export function bounded<Item>(items: readonly Item[], isAnswered: (item: Item) => boolean): Item[] {
  const kept = new Set([
    ...items.filter(isAnswered).slice(0, MOST_ANSWERED),
    ...items.filter((item) => !isAnswered(item)).slice(0, MOST_IN_VAIN),
  ]);
  return items.filter((item) => kept.has(item));
}

const MOST_ANSWERED = 40;
const MOST_IN_VAIN = 60;
