/** A job that ran out of attempts or must not be retried. */
export interface DeadLetter {
  readonly id: string;
  readonly type: string;
  readonly tenantId: string | null;
  readonly owner: string;
  readonly payload: unknown;
  readonly dedupeKey: string;
  readonly attempts: number;
  readonly errorCode: string;
  readonly errorMessage: string;
  /** The next step, when the error knew it. */
  readonly remedy: string | null;
  readonly firstStartedAt: Date;
  readonly diedAt: Date;
}

/** Every member narrows. */
export interface DeadLetterFilter {
  readonly tenantId?: string | null;
  readonly owner?: string;
  readonly type?: string;
  readonly errorCode?: string;
  readonly diedAfter?: Date;
  readonly diedBefore?: Date;
}

export interface DeadLetterPage {
  readonly items: readonly DeadLetter[];
  /** Hand it back to get the next page; undefined on the last. */
  readonly next: string | undefined;
}

export interface DeadLetters {
  /** Newest first; `limit` 50 unless told, at most 500. */
  readonly list: (
    filter?: DeadLetterFilter,
    page?: { readonly limit?: number; readonly after?: string },
  ) => Promise<DeadLetterPage>;
  readonly get: (id: string) => Promise<DeadLetter | undefined>;
  /** @param most counting stops there: for who looks all the time. Default: all */
  readonly count: (filter?: DeadLetterFilter, most?: number) => Promise<number>;
  /**
   * Runs it again with a new budget of attempts and the same dedupe key. A `payload` replaces the stored one and is checked
   * when it runs.
   * @returns false: no such dead letter, or a newer job of its `while-waiting` key waits and will do the work
   */
  readonly replay: (id: string, change?: { readonly payload?: unknown }) => Promise<boolean>;
  /** @returns how many run again */
  readonly replayAll: (filter: DeadLetterFilter) => Promise<number>;
  /** Settles it for good; the reason is kept. @returns false: no such dead letter */
  readonly discard: (id: string, reason: string) => Promise<boolean>;
}
