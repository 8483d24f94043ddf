/** All in milliseconds. */
export interface LiveTiming {
  /** How often everything below is looked at. */
  readonly tick: number;
  /** How often the feeds are compared with the database, in case a notification was lost. */
  readonly poll: number;
  /** A connection on which nothing was sent for so long gets a sign of life. */
  readonly heartbeat: number;
  /** How often it is asked whether a member still is one, and may still read what is shown. Answers are believed for 40 seconds already. */
  readonly confirm: number;
  /** While nobody can tell (Twenty is down), a connection goes on for so long. */
  readonly unconfirmed: number;
  /** A reader that takes nothing for so long is cut. */
  readonly blocked: number;
  readonly expire: number;
  /** How often removals are forgotten and disabled plugins' items removed. */
  readonly tidy: number;
}

export const usualTiming: LiveTiming = {
  tick: 1_000,
  poll: 2_000,
  heartbeat: 15_000,
  confirm: 10_000,
  unconfirmed: 900_000,
  blocked: 60_000,
  expire: 5_000,
  tidy: 60_000,
};
