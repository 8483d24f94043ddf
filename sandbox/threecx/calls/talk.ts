import type { Clock } from './clock.ts';
import { ring } from './ring.ts';
import type { Command, Leg, LiveCall } from './types.ts';

export type TalkOptions = {
  readonly seconds: number;
  /** The called side transfers the call after so many seconds. */
  readonly transfer?: { readonly to: string; readonly after: number };
  /** How long a transferred call rings until somebody picks up there; null: nobody does. */
  readonly transferPicksUpAfter?: number | null;
};

const TRANSFER_RINGS_FOR = 20;

/** Lets two talk until somebody hangs up or the time is over. */
export async function talk(
  clock: Clock,
  call: LiveCall,
  sides: readonly [Leg, Leg],
  options: TalkOptions,
): Promise<void> {
  const end = clock.in(options.seconds);
  let planned = options.transfer && { at: clock.in(options.transfer.after), to: options.transfer.to };
  let [one, other] = sides;
  for (;;) {
    const command: Command | undefined = await call.next(clock.left(planned?.at ?? end));
    if (command === undefined && planned === undefined) return;
    if (command?.kind === 'hangUp') return;
    const asked = command ?? { kind: 'transferto' as const, leg: other, destination: planned?.to ?? '' };
    if (command === undefined) planned = undefined;
    if (asked.leg !== one && asked.leg !== other) continue;
    if (asked.kind === 'drop') return;
    if (asked.kind !== 'transferto') continue;
    const [leaving, staying] = asked.leg === one ? [one, other] : [other, one];
    const there = await transfer(
      clock,
      call,
      { leaving, staying, to: asked.destination },
      options.transferPicksUpAfter,
    );
    if (there === 'gone') return;
    if (there !== 'back') [one, other] = [staying, there];
  }
}

type Transfer = { readonly leaving: Leg; readonly staying: Leg; readonly to: string };

/**
 * Blind transfer to an extension: whoever transferred is out when somebody picks up there, and gets the party back when nobody does.
 * @returns the new leg, or `gone` when the party hung up
 */
async function transfer(
  clock: Clock,
  call: LiveCall,
  { leaving, staying, to }: Transfer,
  after: number | null = 2,
): Promise<Leg | 'gone' | 'back'> {
  const rung = await ring(clock, call, staying, {
    targets: [to],
    seconds: TRANSFER_RINGS_FOR,
    pickUp: after === null ? undefined : { dn: to, after },
    referredBy: leaving.dn,
  });
  if (rung.answered !== undefined) {
    call.endLeg(leaving, { movedTo: to });
    return rung.answered;
  }
  if (rung.why === 'abandoned') return 'gone';
  call.connect(leaving, staying);
  return 'back';
}
