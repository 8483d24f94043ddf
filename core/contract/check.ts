/** One line of a check-up. */
export interface CheckLine {
  /** What was looked at, a few words: `Template installed`. */
  readonly name: string;
  /** `off`: not available here and not needed for the rest. */
  readonly state: 'ok' | 'warning' | 'failed' | 'off';
  /** What was seen, one sentence. */
  readonly detail: string;
  /** The admin's next step; required unless `ok`. */
  readonly remedy?: string;
  /**
   * Which finding this is, for pages that have words of their own for it in another language: `twenty.down`. Without one, and where a page has none,
   * the words above are shown. The same finding has the same code for ever.
   */
  readonly code?: string;
  /** What the sentence names, by the name that the words of pages have for it: `{url: 'https://crm.example.com'}`. */
  readonly values?: Readonly<Record<string, string | number>>;
}
