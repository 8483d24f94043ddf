/** The languages that people of a workspace read: of pages, files and settings. English is what logs and programs read as well. */
export const languages = ['en', 'nl', 'de'] as const;
export type Language = (typeof languages)[number];

/** One text in all of them. */
export type Words = Readonly<Record<Language, string>>;

/**
 * The first language of a wish that there are texts in; English where there is none.
 *
 * @param wish as browsers send it in `Accept-Language`, in the order of preference: `nl-NL, en`
 */
export function languageOf(wish: string | null | undefined): Language {
  const wishes = (wish ?? '').split(',').map((one) => one.trim().slice(0, 2).toLowerCase());
  return wishes.flatMap((one) => languages.find((language) => language === one) ?? [])[0] ?? 'en';
}
