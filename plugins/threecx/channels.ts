import { type Clock, CredentialsError, type KeyValueStore } from '@switchboard/core/contract';
import { z } from 'zod';
import { NotPermittedError } from './client/errors.ts';

/** The ways beside the template in which the hub hears of calls. Each works without the others. */
export const channelNames = ['live', 'ledger', 'recordings', 'agents'] as const;

export type Channel = (typeof channelNames)[number];

const channelState = z.object({
  state: z.enum(['on', 'off']),
  at: z.string(),
  /** Why it is off, and what to do. */
  reason: z.string().default(''),
  remedy: z.string().default(''),
});

export type ChannelState = z.output<typeof channelState>;

/** What is off is tried again after so long: licences, roles and keys change. */
const AGAIN_MS = 10 * 60_000;

export type Channels = {
  readonly state: (channel: Channel) => Promise<ChannelState | undefined>;
  readonly noteOn: (channel: Channel) => Promise<void>;
  /**
   * Does the work of a channel, unless it is off. What the PBX does not allow turns this channel off, with the reason for the checklist, so that
   * the others go on.
   */
  readonly through: (channel: Channel, work: () => Promise<void>) => Promise<void>;
};

/** @param account changes with the credentials: what other credentials were refused is no reason not to try */
export function createChannels(store: KeyValueStore, clock: Clock, account: string): Channels {
  const keyOf = (channel: Channel) => `channel/${channel}/${account}`;

  async function state(channel: Channel): Promise<ChannelState | undefined> {
    return channelState.safeParse(await store.get(keyOf(channel))).data;
  }

  async function note(channel: Channel, noted: Omit<ChannelState, 'at'>): Promise<void> {
    await store.set(keyOf(channel), { ...noted, at: new Date(clock.now()).toISOString() });
  }

  async function noteOn(channel: Channel): Promise<void> {
    if ((await state(channel))?.state !== 'on') await note(channel, { state: 'on', reason: '', remedy: '' });
  }

  return {
    state,
    noteOn,
    async through(channel, work) {
      const known = await state(channel);
      if (known?.state === 'off' && clock.now() - Date.parse(known.at) < AGAIN_MS) return;
      try {
        await work();
      } catch (error) {
        if (!(error instanceof CredentialsError || error instanceof NotPermittedError)) throw error;
        await note(channel, { state: 'off', reason: error.message, remedy: error.remedy ?? '' });
        return;
      }
      await noteOn(channel);
    },
  };
}
