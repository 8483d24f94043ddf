/** What the hub answers to `GET /panel/v1/records/{object}/{id}`: the panel of one record. Times are ISO 8601 in UTC. */

export const PANEL_OBJECTS = ['person', 'company', 'location', 'serviceCase'] as const;

/** Objects whose record pages have the panel. */
export type PanelObject = (typeof PANEL_OBJECTS)[number];

export interface PanelAnswer {
  /** When the hub read all this. */
  readonly at: string;
  /** Newest first; null when the member's role may not see calls. */
  readonly calls: PanelList<PanelCall> | null;
  /** Open ones, what is due first comes first; null when the member's role may not see cases. */
  readonly cases: PanelList<PanelCase> | null;
  readonly health: readonly PanelHealth[];
}

export interface PanelList<T> {
  readonly items: readonly T[];
  /** There are more than these. */
  readonly hasMore: boolean;
}

/** Values of select fields are Twenty's, such as `INBOUND`; what is empty, or hidden from the member's role, is null. */
export interface PanelCall {
  readonly id: string;
  readonly direction: string | null;
  readonly outcome: string | null;
  readonly startedAt: string | null;
  readonly durationSeconds: number | null;
  readonly agentName: string | null;
  readonly phoneNumber: string | null;
}

export interface PanelCase {
  readonly id: string;
  readonly number: string | null;
  readonly subject: string | null;
  readonly status: string | null;
  readonly priority: string | null;
  readonly dueAt: string | null;
}

/** One thing that has to work for the lists above to be complete. */
export type PanelHealth = { readonly state: 'ok' | 'warning' | 'failed' } & (
  | { readonly topic: 'connection'; readonly code: 'connected' | 'stopped' | 'unreachable' | 'refused' }
  | {
      readonly topic: 'copy';
      readonly code: 'fresh' | 'behind';
      /** Everything up to then is known. */
      readonly at: string;
    }
  | { readonly topic: 'copy'; readonly code: 'copying'; readonly percent: number }
  | { readonly topic: 'copy'; readonly code: 'missing' }
  | { readonly topic: 'writes'; readonly code: 'sent' }
  | { readonly topic: 'writes'; readonly code: 'behind'; /** Of the oldest one. */ readonly at: string }
  | { readonly topic: 'refused'; readonly code: 'none' }
  | { readonly topic: 'refused'; readonly code: 'some'; /** 100 stands for 100 or more. */ readonly count: number }
);
