import type { Clock } from '../calls/clock.ts';
import type { Exchange } from '../calls/exchange.ts';
import type { Leg } from '../calls/types.ts';
import type { MakeCall } from '../callcontrol/make-call.ts';
import type { Directory } from '../directory/directory.ts';
import type { Installation } from '../installation.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Settings } from '../settings.ts';
import type { Chats } from './chats.ts';

/** What the operations of XAPI work on. */
export type XapiParts = {
  readonly settings: Settings;
  readonly directory: Directory;
  readonly exchange: Exchange;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly installation: Installation;
  readonly chats: Chats;
  readonly makeCall: (call: MakeCall) => Leg;
};
