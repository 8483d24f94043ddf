import { useSetting } from '../../panel/setting.ts';
import { dutch } from './dutch.ts';
import { english } from './english.ts';
import { german } from './german.ts';
import type { DeskTexts } from './texts.ts';

const LANGUAGES: Readonly<Record<string, DeskTexts>> = { de: german, en: english, nl: dutch };

/** @param locale as Twenty has it: `de-DE` */
export function deskTexts(locale: string): DeskTexts {
  return LANGUAGES[locale.split('-', 1)[0] ?? ''] ?? english;
}

export const useWords = (): DeskTexts => deskTexts(useSetting().locale);
