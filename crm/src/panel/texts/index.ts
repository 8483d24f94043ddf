import { dutch } from './dutch.ts';
import { english } from './english.ts';
import { german } from './german.ts';
import type { Texts } from './texts.ts';

export type { Texts } from './texts.ts';

const LANGUAGES: Readonly<Record<string, Texts>> = { de: german, en: english, nl: dutch };

/** @param locale of the member in Twenty, such as `nl-NL`; English stands in for languages that the panel does not speak */
export function textsFor(locale: string): Texts {
  return LANGUAGES[locale.split('-', 1)[0] ?? ''] ?? english;
}
