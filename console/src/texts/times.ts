/** How times are written in a language. Made once: a page with a hundred lines would make hundreds of them. */
export interface Times {
  readonly exact: Intl.DateTimeFormat;
  readonly day: Intl.DateTimeFormat;
  readonly relative: Intl.RelativeTimeFormat;
}

export const timesIn = (language: string): Times => ({
  exact: new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium' }),
  day: new Intl.DateTimeFormat(language, { dateStyle: 'medium' }),
  relative: new Intl.RelativeTimeFormat(language, { numeric: 'auto' }),
});
