/** What the hub answers to `GET /panel/v1/records/{object}/{id}`: the panel of one record. Times are ISO 8601 in UTC. */

export const PANEL_OBJECTS = [
  'person',
  'company',
  'location',
  'serviceCase',
  'malfunction',
  'phoneCall',
  'callTarget',
] as const;

/** Objects whose record pages have the panel. */
export type PanelObject = (typeof PANEL_OBJECTS)[number];

export interface PanelAnswer {
  /** When the hub read all this. */
  readonly at: string;
  /** Short name of the workspace, as in the addresses of the console. */
  readonly workspace: string;
  /** Newest first; null when the member's role may not see calls. */
  readonly calls: PanelList<PanelCall> | null;
  /** Open ones, what is due first comes first; null when the member's role may not see cases. */
  readonly cases: PanelList<PanelCase> | null;
  readonly health: readonly PanelHealth[];
  /** Whom one can call from this record. */
  readonly numbers: readonly PanelNumber[];
  /**
   * The plugin that makes calls, plays recordings and drafts cases for members, by the id in the addresses of its doors; null when none is
   * enabled.
   */
  readonly telephony: string | null;
  /** The plugin that opens cases for members, likewise. */
  readonly desk: string | null;
  /** On the page of a call: that call. Null on other pages, and when the member's role may not see it. */
  readonly call: PanelCallPage | null;
}

export interface PanelNumber {
  /** As E.164. */
  readonly number: string;
  /** Whose it is, where the page is not theirs. */
  readonly name: string | null;
  /** Why nobody is to call: the person does not want it, or a rule of the call list forbids it. */
  readonly barred: 'unwanted' | 'forbidden' | null;
}

/** What a call went through; see the plugin that wrote it. */
export interface PanelStep {
  readonly at: string;
  /** `queue`, `group`, `menu`, `rang`, `dialled`, `answered`, `transferred`, `voicemail`, `ended`; others may come. */
  readonly what: string;
  readonly who: string;
  readonly seconds: number | null;
  /** Of a ring: whether it was answered. */
  readonly answered: boolean | null;
}

export interface PanelCallPage {
  readonly id: string;
  readonly direction: string | null;
  readonly outcome: string | null;
  readonly startedAt: string | null;
  readonly durationSeconds: number | null;
  readonly waitSeconds: number | null;
  readonly phoneNumber: string | null;
  readonly agentName: string | null;
  readonly matchState: string | null;
  readonly person: PanelName | null;
  readonly company: PanelName | null;
  readonly location: PanelName | null;
  readonly serviceCase: PanelName | null;
  /** People between whom somebody has to choose; empty unless several are possible. */
  readonly candidates: readonly PanelName[];
  readonly steps: readonly PanelStep[];
  readonly summary: string | null;
  /** Values of the field `recordingConsent`. */
  readonly consent: readonly string[];
}

export interface PanelName {
  readonly id: string;
  readonly name: string;
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
