import type { Direction } from '../segments/speakers.ts';

/** What a call needs before it becomes text; later ones are stricter. */
const needs = ['recorded', 'asked', 'never'] as const;
export type Need = (typeof needs)[number];

/** `DE inbound asked`: of calls with that country in that direction, those alone whose caller was asked; `any` stands for all. */
export const RULE = /^(?:any|[A-Z]{2}) (?:any|inbound|outbound|internal) (?:recorded|asked|never)$/;

interface Rule {
  readonly country: string;
  readonly direction: string;
  readonly need: Need;
}

export interface Circumstances {
  readonly direction: Direction | undefined;
  /** Of the outside party, ISO 3166-1 alpha-2; undefined where its number does not tell. */
  readonly country: string | undefined;
}

/**
 * What holds for a call: the rule that names its country, else the one that names its direction, else what holds without rules. Where the call does
 * not tell its country or direction, the strictest of all that may hold does.
 */
export function needOf(rules: readonly string[], { country, direction }: Circumstances, otherwise: Need): Need {
  const known = rules.map(readRule);
  const countries = country === undefined ? [...new Set(known.map((rule) => rule.country)), 'any'] : [country];
  const directions = direction === undefined ? ['inbound', 'outbound', 'internal'] : [direction.toLowerCase()];
  const found = countries.flatMap((one) => directions.map((other) => closest(known, one, other) ?? otherwise));
  return needs.findLast((need) => found.includes(need)) ?? otherwise;
}

function readRule(text: string): Rule {
  const [country = '', direction = '', need = ''] = text.split(' ');
  return { country, direction, need: need as Need };
}

function closest(rules: readonly Rule[], country: string, direction: string): Need | undefined {
  for (const place of [country, 'any']) {
    for (const way of [direction, 'any']) {
      const rule = rules.find((one) => one.country === place && one.direction === way);
      if (rule !== undefined) return rule.need;
    }
  }
  return undefined;
}
