import { redact } from './redact.ts';
import { endsOpen } from './runs.ts';
import { isAnswer } from './words.ts';

/** Redacts what one side says, piece by piece. */
export interface Redactor<Piece> {
  /** @returns the pieces that are safe to store by now: a number that goes on keeps them back */
  readonly push: (piece: Piece) => Piece[];
  /** @returns the rest */
  readonly end: () => Piece[];
}

/** Nobody takes so many breaths for one number. */
const MOST_HELD = 12;

export function createRedactor<Piece extends { readonly text: string }>(countries: readonly string[]): Redactor<Piece> {
  let held: Piece[] = [];

  function end(): Piece[] {
    // What somebody answers while the other dictates is none of the number.
    const told = held.filter(({ text }) => !isOnlyAnswer(text));
    const texts = redact(
      told.map(({ text }) => text),
      countries,
    );
    const safe = held.map((piece) => ({ ...piece, text: texts[told.indexOf(piece)] ?? piece.text }));
    held = [];
    return safe;
  }

  return {
    end,
    push(piece) {
      const mayGoOn = endsOpen(piece.text) || (held.length > 0 && isOnlyAnswer(piece.text));
      held.push(piece);
      return mayGoOn && held.length < MOST_HELD ? [] : end();
    },
  };
}

function isOnlyAnswer(text: string): boolean {
  return (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).every(isAnswer);
}
