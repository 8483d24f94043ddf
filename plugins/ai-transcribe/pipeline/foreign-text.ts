import { redact } from '../redact/redact.ts';
import type { Speaker } from '../segments/speakers.ts';

/** The text of a telephone system as lines, without card and identity numbers; markdown that it was stored with is taken off. */
export function linesOf(text: string, countries: readonly string[]): { speaker: Speaker; text: string }[] {
  const lines = text
    .replaceAll(/\\([<\]])/g, '$1')
    .replaceAll('\u0000', '')
    .toWellFormed()
    .split(/\n+/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  return redact(lines, countries).map((line) => ({ speaker: 'unknown', text: line }));
}
