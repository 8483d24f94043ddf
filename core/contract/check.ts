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
}
