import { z } from 'zod';

/** What happens on the way to whoever listens; 0, the default, is never. */
export const disturbanceSchema = z.strictObject({
  /** Every so-many-th is sent twice. */
  duplicateEvery: z.number().int().min(0).default(0),
  /** Every so-many-th comes after the one that follows it. */
  swapEvery: z.number().int().min(0).default(0),
  /** Every so-many-th is never sent. */
  loseEvery: z.number().int().min(0).default(0),
  delayMs: z.number().int().min(0).max(600_000).default(0),
});

export type DisturbanceSettings = z.input<typeof disturbanceSchema>;

export type Disturbance = {
  /** Replaces what was set before. */
  readonly set: (settings: DisturbanceSettings) => void;
  /** @param deliver is called once, twice or, when `lost` is called instead, never */
  readonly pass: (deliver: () => void, lost?: () => void) => void;
};

/** How long one waits to be overtaken. */
const HELD_MS = 500;

export function createDisturbance(): Disturbance {
  let settings = disturbanceSchema.parse({});
  let count = 0;
  let held: (() => void) | undefined;

  const hits = (every: number) => every > 0 && count % every === 0;

  function release(): void {
    const send = held;
    held = undefined;
    send?.();
  }

  return {
    set(given) {
      settings = disturbanceSchema.parse(given);
    },
    pass(deliver, lost = () => {}) {
      count += 1;
      if (hits(settings.loseEvery)) return lost();
      const twice = hits(settings.duplicateEvery);
      const send = () => {
        deliver();
        if (twice) deliver();
      };
      if (hits(settings.swapEvery) && held === undefined) {
        held = send;
        setTimeout(release, HELD_MS).unref();
        return;
      }
      const go = () => {
        send();
        release();
      };
      if (settings.delayMs === 0) go();
      else setTimeout(go, settings.delayMs).unref();
    },
  };
}
