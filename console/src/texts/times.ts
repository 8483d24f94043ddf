/** How times are written in a language. Made once: a page with a hundred lines would make hundreds of them. */
export interface Times {
  readonly exact: Intl.DateTimeFormat;
  /** Without seconds: for what people agree on. */
  readonly minute: Intl.DateTimeFormat;
  readonly day: Intl.DateTimeFormat;
  readonly relative: Intl.RelativeTimeFormat;
}

export const timesIn = (language: string): Times => ({
  exact: new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium' }),
  minute: new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }),
  day: new Intl.DateTimeFormat(language, { dateStyle: 'medium' }),
  relative: new Intl.RelativeTimeFormat(language, { numeric: 'auto' }),
});
