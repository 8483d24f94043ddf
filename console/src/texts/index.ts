import { createContext, use } from 'react';
import type { english } from './en/index.ts';
import type { Times } from './times.ts';

/** Everything that the console says, in one language. English is the shape; the others have the same keys or do not compile. */
export type Texts = typeof english;

export const languages = { en: 'English', nl: 'Nederlands', de: 'Deutsch' } as const;
export type Language = keyof typeof languages;

const stored = 'switchboard.language';

/** What the person chose here, else the browser's own language, else English. */
export function preferredLanguage(): Language {
  const wishes = [localStorage.getItem(stored) ?? '', ...navigator.languages];
  return wishes.map((wish) => wish.slice(0, 2).toLowerCase()).find(isLanguage) ?? 'en';
}

export function rememberLanguage(language: Language): void {
  localStorage.setItem(stored, language);
}

export async function loadTexts(language: Language): Promise<Texts> {
  if (language === 'nl') return (await import('./nl/index.ts')).dutch;
  if (language === 'de') return (await import('./de/index.ts')).german;
  return (await import('./en/index.ts')).english;
}

const isLanguage = (text: string): text is Language => Object.hasOwn(languages, text);

/** Where a browser tells no region: no American dates for people in Europe. */
const usualRegions = { en: 'en-GB', nl: 'nl-NL', de: 'de-DE' } as const satisfies Record<Language, string>;

/** The language as this person writes it, `en-GB` or `de-AT`: the browser's own region where it has one for it. */
export function inRegion(language: Language, wishes: readonly string[] = navigator.languages): string {
  return wishes.find((wish) => wish.toLowerCase().startsWith(`${language}-`)) ?? usualRegions[language];
}

interface Speech {
  readonly texts: Texts;
  /** Which of the console's languages it is. */
  readonly spoken: Language;
  /** With the region: how numbers and dates are written. */
  readonly language: string;
  readonly times: Times;
  readonly speak: (language: Language) => void;
}

export const SpeechContext = createContext<Speech | undefined>(undefined);

export function useSpeech(): Speech {
  const speech = use(SpeechContext);
  if (speech === undefined) throw new Error('The page is outside of SpeechProvider');
  return speech;
}

export const useTexts = (): Texts => useSpeech().texts;
