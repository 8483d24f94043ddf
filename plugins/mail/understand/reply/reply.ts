import { joinLines, type TextLine } from '../text/line.ts';
import { findQuotes } from './quotes.ts';
import { withoutSignature } from './signature.ts';

export interface Reply {
  readonly text: string;
  /** Whether something was left out. */
  readonly shortened: boolean;
}

/** Longer mail is not looked at line by line for the reply, but shown whole. */
const maxLines = 20_000;

/**
 * What the writer added: without the mail that is answered and without the signature. Answers below and between quotes stay, and so does all that
 * cannot be told apart; mail passed on is content. Where nothing would be left, everything is shown.
 */
export function extractReply(lines: readonly TextLine[]): Reply {
  const whole = joinLines(lines);
  if (lines.length > maxLines) return { text: whole, shortened: false };
  const quotes = findQuotes(lines);
  const kept = quotes.isForward ? quotes.kept : withoutSignature(quotes.kept);
  const text = joinLines(kept).trim();
  if (text === '') {
    // A mail of nothing but a quote or a signature.
    const unsigned = joinLines(quotes.kept).trim();
    return unsigned === ''
      ? { text: whole.trim(), shortened: false }
      : { text: unsigned, shortened: unsigned !== whole.trim() };
  }
  return { text, shortened: text !== whole.trim() };
}
