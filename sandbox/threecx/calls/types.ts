/** A call while it goes on. */

export type Direction = 'Inbound' | 'Outbound' | 'Internal';

/** `Connected` on the side of a queue or a voicemail box means that the caller hears it. */
export type LegStatus = 'Dialing' | 'Ringing' | 'Connected';

export type LegKind = 'extension' | 'external' | 'queue' | 'ringGroup' | 'voicemail';

/** How one side of a call sees the other. */
export type Party = {
  readonly dn: string;
  readonly kind: LegKind;
  readonly callerId: string;
  readonly name: string;
};

/** One side of a call: a participant of Call Control while it lives, a row of the call log when it was a destination. */
export type Leg = {
  readonly id: number;
  readonly legId: number;
  readonly call: LiveCall;
  readonly dn: string;
  readonly kind: LegKind;
  readonly deviceId: string;
  readonly directControl: boolean;
  /** Whether the call came to it; the side that called has no row of its own. */
  readonly isDestination: boolean;
  /** Queue or ring group that sent the call here. */
  readonly via: string;
  /** Who transferred the call here. */
  readonly referredBy: string;
  readonly startedAt: number;
  status: LegStatus;
  party: Party;
  answeredAt: number | null;
  endedAt: number | null;
  /** Of the vendor's reasons, `Polling` among them; empty when there is none. */
  reason: string;
  /** Where it was transferred or diverted to. */
  movedTo: string;
};

export type LegOptions = Pick<Leg, 'dn' | 'kind' | 'status' | 'party'> &
  Partial<Pick<Leg, 'isDestination' | 'via' | 'referredBy' | 'reason' | 'deviceId'>>;

/** What somebody does in a call, through the API or outside of it. */
export type Command =
  | { readonly kind: 'drop' | 'answer'; readonly leg: Leg }
  | { readonly kind: 'divert' | 'routeto' | 'transferto'; readonly leg: Leg; readonly destination: string }
  /** The party outside hangs up. */
  | { readonly kind: 'hangUp' };

export type CallFacts = {
  readonly direction: Direction;
  /** The party outside as the trunk writes it, empty when withheld; for an internal call the extension that is called. */
  readonly number: string;
  /** The number of the company that was dialled. */
  readonly did: string;
};

export type LiveCall = CallFacts & {
  readonly callId: number;
  readonly historyId: string;
  readonly startedAt: number;
  /** How the party outside is shown. */
  readonly outside: () => Party;
  /** How that side is shown to others. */
  readonly partyOf: (leg: Leg) => Party;
  readonly legs: () => readonly Leg[];
  /** Every leg the call came to, ended or not, in their order. */
  readonly destinations: () => readonly Leg[];
  readonly addLeg: (options: LegOptions) => Leg;
  /** Both sides talk with each other from now on. */
  readonly connect: (one: Leg, other: Leg) => void;
  readonly setStatus: (leg: Leg, status: LegStatus) => void;
  readonly endLeg: (leg: Leg, end?: { readonly reason?: string; readonly movedTo?: string }) => void;
  /** The name of the party outside is known now: its legs are told again. */
  readonly rename: (name: string) => void;
  readonly command: (command: Command) => void;
  /** The next thing that somebody does, or undefined when so many real milliseconds have passed. */
  readonly next: (milliseconds: number) => Promise<Command | undefined>;
  /** Ends what is left of it. */
  readonly end: () => void;
};
