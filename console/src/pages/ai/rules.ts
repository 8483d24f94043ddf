import type { Texts } from '../../texts/index.ts';
import type { Settings } from './settings.ts';

/** What holds for calls with a country in a direction; `any` stands for all. */
export interface Rule {
  readonly country: string;
  readonly direction: string;
  readonly need: string;
}

/** `DE inbound asked`, as the setting has it. */
export function needsOf(settings: Settings): Rule[] {
  const stored = settings['consentRules'];
  return (Array.isArray(stored) ? stored.map(String) : []).map((text) => {
    const [country = 'any', direction = 'any', need = 'asked'] = text.split(' ');
    return { country, direction, need };
  });
}

export const asSetting = (rules: readonly Rule[]): string[] =>
  rules.map(({ country, direction, need }) => `${country} ${direction} ${need}`);

/** What no telephone number belongs to, though it has a code. */
const noCountries = new Set(['EU', 'EZ', 'QO', 'UN', 'XA', 'XB', 'ZZ']);

/** All countries that the browser knows, by their names in that language. */
export function countriesIn(language: string): { value: string; label: string }[] {
  const names = countryNames(language);
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'.split('');
  return letters
    .flatMap((first) => letters.map((second) => first + second))
    .filter((code) => !noCountries.has(code) && isCurrent(code))
    .flatMap((code) => {
      const label = names.of(code);
      return label === undefined ? [] : [{ value: code, label }];
    })
    .toSorted((one, other) => one.label.localeCompare(other.label, language));
}

/** Codes of countries that are no more stand for those that came after them. */
const isCurrent = (code: string): boolean => new Intl.Locale(`und-${code}`).region === code;

/** A rule as a register has it: "Germany, inbound: only where the caller was asked first". */
export function ruleSaid(
  { country, direction, need }: Rule,
  { consent, register }: Texts['preparations'],
  language: string,
): string {
  const where = country === 'any' ? consent.anyCountry : (countryNames(language).of(country) ?? country);
  const { ruleDirections, needs }: Readonly<Record<'ruleDirections' | 'needs', Words>> = consent;
  return register.rule(where, ruleDirections[direction] ?? direction, needs[need] ?? need);
}

type Words = Readonly<Record<string, string>>;

const countryNames = (language: string) => new Intl.DisplayNames(language, { type: 'region', fallback: 'none' });
