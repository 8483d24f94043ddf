export type ChaosOptions = {
  readonly seed: string;
  readonly minutes: number;
  /** A line for people. */
  readonly say: (text: string) => void;
  /** Ends the run early, without a result. */
  readonly signal: AbortSignal;
};

export type ChaosResult = {
  readonly lost: number;
  readonly duplicated: number;
  readonly wrong: number;
  readonly faults: number;
};
