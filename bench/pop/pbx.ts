import { setTimeout as delay } from 'node:timers/promises';
import { startThreecx } from '@switchboard/sandbox/threecx';
import { preciseNow } from './source.ts';

/** How many agents the PBX has, beside its own; the first is 1001. */
export interface PbxOrders {
  readonly agents: number;
}

export interface PbxAddress {
  readonly url: string;
  readonly clientId: string;
  readonly secret: string;
}

export interface CallOrders {
  readonly calls: number;
  readonly perSecond: number;
  /** The number of the first caller: each has another one. */
  readonly first: number;
  /** The extensions that are called, in turns; all of them unless told otherwise. */
  readonly extensions?: readonly string[];
}

/** When the PBX began to ring at an agent, and for which caller. */
export type PbxRing = readonly [number: string, at: number, extension: string];

const RING_SECONDS = 3;
const TALK_SECONDS = 2;
const FIRST_EXTENSION = 1001;

/** 2,000 numbers that nobody has. */
const numberOf = (index: number): string =>
  index < 1000 ? `+442079460${String(index).padStart(3, '0')}` : `+447700900${String(index - 1000).padStart(3, '0')}`;

/** A PBX in a process of its own, so that ringing does not slow down what is measured. */
async function run({ agents }: PbxOrders): Promise<void> {
  const pbx = await startThreecx({ agents });
  process.on('message', (orders: CallOrders) => {
    void ring(orders).then((rings) => process.send?.(rings));
  });

  const all = Array.from({ length: agents }, (_, index) => String(FIRST_EXTENSION + index));

  async function ring({ calls, perSecond, first, extensions = all }: CallOrders): Promise<PbxRing[]> {
    const rings: PbxRing[] = [];
    const startedAt = preciseNow();
    while (rings.length < calls) {
      await delay(Math.max(0, startedAt + (rings.length * 1000) / perSecond - preciseNow()));
      const number = numberOf(first + rings.length);
      const agent = extensions[rings.length % extensions.length] ?? '';
      rings.push([number, preciseNow(), agent]);
      pbx.play({ scenario: 'inbound', number, agent, ringSeconds: RING_SECONDS, talkSeconds: TALK_SECONDS });
    }
    await pbx.idle();
    return rings;
  }

  const live = pbx.principals.all().find(({ callControl }) => callControl);
  const address: PbxAddress = { url: pbx.url, clientId: live?.clientId ?? '', secret: live?.secret ?? '' };
  process.send?.(address);
}

process.once('message', (orders: PbxOrders) => void run(orders));
