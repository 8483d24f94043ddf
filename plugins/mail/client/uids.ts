/** `1:3,7`: as short as a set of uids can be said. */
export function packUids(uids: readonly number[]): string {
  const sorted = [...new Set(uids)].toSorted((one, other) => one - other);
  const ranges: [number, number][] = [];
  for (const uid of sorted) {
    const last = ranges.at(-1);
    if (last !== undefined && last[1] === uid - 1) last[1] = uid;
    else ranges.push([uid, uid]);
  }
  return ranges.map(([first, end]) => (first === end ? `${first}` : `${first}:${end}`)).join(',');
}
