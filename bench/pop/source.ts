import type { AnyPlugin } from '@switchboard/core/contract';

/** One call that rang. */
export interface Ring {
  /** Tells the call in the items that browsers are shown. */
  readonly label: string;
  /** Milliseconds since the epoch, with fractions: when the plugin could know of it first. */
  readonly at: number;
  /** The workspace member in whose browser it has to appear. */
  readonly member: string;
}

/** What makes calls ring, and the plugin that shows them. */
export interface PopSource {
  readonly plugin: AnyPlugin;
  readonly config: Readonly<Record<string, unknown>>;
  readonly topic: string;
  /** The field of an item's data that holds the label. */
  readonly labelField: string;
  /** Lets calls ring at an even pace, whether they are shown in time or not. */
  readonly ring: (calls: number, perSecond: number) => Promise<readonly Ring[]>;
}

/** The same in every process of one machine. */
export const preciseNow = (): number => performance.timeOrigin + performance.now();
