import type { CheckLine } from '../api/types.ts';

/** What was looked at, what was seen, what to do; `{url}` and the like stand for what the hub found. */
type Finding = readonly [name: string, detail: string, remedy?: string];

/** By the code that the hub gives. A finding that is not here is said in the hub's own words, which are English. */
export type Findings = Readonly<Record<string, Finding>>;

/** A line of a check-up in the person's language, as far as that knows it. What the finding has no remedy for keeps the hub's own. */
export function inOwnWords(line: CheckLine, findings: Findings): Pick<CheckLine, 'name' | 'detail' | 'remedy'> {
  const found = line.code === undefined ? undefined : findings[line.code];
  const known = findings[`name:${line.name}`]?.[0] ?? line.name;
  if (found === undefined) return known === line.name ? line : { ...line, name: known };
  const fill = (words: string) =>
    words.replaceAll(/\{(\w+)\}/g, (place, name: string) => String(line.values?.[name] ?? place)).trim();
  const [name, detail, remedy] = found;
  const said = remedy === undefined ? line.remedy : fill(remedy);
  return { name: fill(name) || known, detail: fill(detail), ...(said === undefined ? {} : { remedy: said }) };
}

/** Moments of the hub, `2026-05-01T10:00:00.000Z`, as people write them. */
export function withMoments(words: string, language: string): string {
  return words.replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, (moment) =>
    new Date(moment).toLocaleString(language, { dateStyle: 'medium', timeStyle: 'short' }),
  );
}
