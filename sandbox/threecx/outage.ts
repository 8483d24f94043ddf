import type { RequestHandler } from 'express';

/** The PBX cannot be reached: its calls go on, nobody hears of them. */
export type Outage = {
  readonly isUp: () => boolean;
  /** @param ms how long; without it until `end` */
  readonly begin: (ms?: number) => void;
  readonly end: () => void;
  /** Cuts every request without an answer. */
  readonly guard: RequestHandler;
};

/** @param cut what is open goes with it */
export function createOutage(cut: () => void): Outage {
  let until = 0;
  const isUp = () => performance.now() >= until;
  return {
    isUp,
    begin(ms = Number.POSITIVE_INFINITY) {
      until = performance.now() + ms;
      cut();
    },
    end() {
      until = 0;
    },
    guard(request, _response, next) {
      if (isUp()) next();
      else request.socket.destroy();
    },
  };
}
