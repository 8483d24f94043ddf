import { z } from 'zod';
import type { Tokens } from './access/tokens.ts';
import type { Sockets } from './callcontrol/sockets.ts';
import { type Disturbance, disturbanceSchema } from './disturbance.ts';
import type { Outage } from './outage.ts';

/** What goes wrong, switched on while the PBX runs. */
export const faultSchema = z.discriminatedUnion('kind', [
  /** Every WebSocket is cut without a word. */
  z.strictObject({ kind: z.literal('drop-sockets') }),
  /** Nobody reaches the PBX, and its posts are lost; for so long, or until `up`. Calls go on. */
  z.strictObject({ kind: z.literal('down'), ms: z.number().int().min(1).optional() }),
  z.strictObject({ kind: z.literal('up') }),
  /** Somebody else mints with that client id: its token dies, with the WebSocket opened by it. */
  z.strictObject({ kind: z.literal('supersede'), clientId: z.string() }),
  /** From now on, for the frames of all WebSockets. */
  disturbanceSchema.extend({ kind: z.literal('frames') }),
  /** From now on, for the posts of the template. */
  disturbanceSchema.extend({ kind: z.literal('posts') }),
]);

export type Fault = z.input<typeof faultSchema>;

export type Faults = {
  /** @throws ZodError when it is none */
  readonly inject: (fault: Fault) => Promise<void>;
  /** Everything goes well again. */
  readonly clear: () => void;
};

type Parts = {
  readonly sockets: Pick<Sockets, 'drop'>;
  readonly outage: Outage;
  readonly tokens: Pick<Tokens, 'supersede'>;
  readonly frames: Disturbance;
  readonly posts: Disturbance;
};

export function createFaults({ sockets, outage, tokens, frames, posts }: Parts): Faults {
  return {
    async inject(given) {
      const fault = faultSchema.parse(given);
      if (fault.kind === 'drop-sockets') sockets.drop();
      else if (fault.kind === 'down') outage.begin(fault.ms);
      else if (fault.kind === 'up') outage.end();
      else if (fault.kind === 'supersede') await tokens.supersede(fault.clientId);
      else {
        const { kind, ...settings } = fault;
        ({ frames, posts })[kind].set(settings);
      }
    },
    clear() {
      outage.end();
      frames.set({});
      posts.set({});
    },
  };
}
