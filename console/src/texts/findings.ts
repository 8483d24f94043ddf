import type { CheckLine } from '../api/types.ts';

/** What was looked at, what was seen, what to do; `{url}` and the like stand for what the hub found. */
type Finding = readonly [name: string, detail: string, remedy?: string];

/** By the code that the hub gives. A finding that is not here is said in the hub's own words, which are English. */
export type Findings = Readonly<Record<string, Finding>>;

/** A line of a check-up in the person's language, as far as that knows it. */
export function inOwnWords(line: CheckLine, findings: Findings): Pick<CheckLine, 'name' | 'detail' | 'remedy'> {
  const found = line.code === undefined ? undefined : findings[line.code];
  if (found === undefined) return line;
  const fill = (words: string) =>
    words.replaceAll(/\{(\w+)\}/g, (place, name: string) => String(line.values?.[name] ?? place));
  const [name, detail, remedy] = found;
  return { name, detail: fill(detail), ...(remedy === undefined ? {} : { remedy: fill(remedy) }) };
}
