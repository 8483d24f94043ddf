import { decodeBytes } from '../text/charset.ts';
import { decodeText } from './words.ts';

/** A value with parameters, as Content-Type and Content-Disposition have. */
export interface Parameterised {
  /** In lower case, without comments. */
  readonly value: string;
  /** Names in lower case; RFC 2231 and encoded words are decoded. */
  readonly parameters: ReadonlyMap<string, string>;
}

interface Piece {
  readonly index: number;
  readonly encoded: boolean;
  readonly text: string;
}

/** Reads what RFC 2045 and 2231 allow, and what clients write instead: missing quotes, spaces, raw bytes, encoded words. */
export function readParameters(source: string, charsetHint: string): Parameterised {
  const scanner = createScanner(source);
  const value = scanner.until(';').toLowerCase().replaceAll(/\s+/g, '');
  const plain = new Map<string, string>();
  const pieces = new Map<string, Piece[]>();
  while (!scanner.atEnd()) {
    const { name, text } = scanner.parameter();
    if (name === '') continue;
    const split = /^([^*]+)\*(?:(\d{1,3})(\*)?)?$/.exec(name);
    if (!split?.[1]) {
      if (!plain.has(name)) plain.set(name, text);
      continue;
    }
    const list = pieces.get(split[1]) ?? [];
    const encoded = split[2] === undefined || split[3] !== undefined;
    list.push({ index: Number(split[2] ?? 0), encoded, text });
    pieces.set(split[1], list);
  }
  const parameters = new Map<string, string>();
  for (const [name, text] of plain) parameters.set(name, decodeText(text, charsetHint));
  for (const [name, list] of pieces) parameters.set(name, joinPieces(list, charsetHint));
  return { value, parameters };
}

function joinPieces(pieces: Piece[], charsetHint: string): string {
  const inOrder = pieces.toSorted((a, b) => a.index - b.index);
  if (!inOrder.some((piece) => piece.encoded))
    return decodeText(inOrder.map((piece) => piece.text).join(''), charsetHint);
  let charset = '';
  const bytes: Buffer[] = [];
  for (const [position, { encoded, text }] of inOrder.entries()) {
    let rest = text;
    const label = position === 0 && encoded ? /^([^']*)'[^']*'/.exec(text) : null;
    if (label) {
      charset = label[1] ?? '';
      rest = text.slice(label[0].length);
    }
    bytes.push(encoded ? percentDecoded(rest) : Buffer.from(rest, 'latin1'));
  }
  const joined = Buffer.concat(bytes);
  const text = decodeBytes(joined, charset === '' ? charsetHint : charset).text;
  return text.includes('=?') ? decodeText(joined.toString('latin1'), charsetHint) : text;
}

function percentDecoded(text: string): Buffer {
  const binary = text.replaceAll(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(binary, 'latin1');
}

function createScanner(source: string) {
  let at = 0;
  // One comment that is never closed is enough to know that no later one is: so each character is read at most twice.
  let commentsClose = true;
  const atEnd = () => at >= source.length;

  /** The text up to one of the characters or the end; comments are left out, the stop is consumed. */
  function until(stops: string): string {
    let text = '';
    while (!atEnd()) {
      const char = source.charAt(at);
      if (stops.includes(char)) {
        at += 1;
        return text;
      }
      if (char === '(' && commentsClose) skipComment();
      else {
        text += char;
        at += 1;
      }
    }
    return text;
  }

  function skipComment(): void {
    let depth = 0;
    const start = at;
    while (!atEnd()) {
      const char = source.charAt(at);
      at += char === '\\' ? 2 : 1;
      if (char === '(') depth += 1;
      if (char === ')') depth -= 1;
      if (depth === 0) return;
    }
    // Never closed: a parenthesis in a name, then, not a comment.
    commentsClose = false;
    at = start + 1;
  }

  function quoted(): string {
    let text = '';
    at += 1;
    while (!atEnd()) {
      const char = source.charAt(at);
      const next = source.charAt(at + 1);
      if (char === '"') {
        at += 1;
        break;
      }
      // Other backslashes are those of a Windows path.
      const escaped = char === '\\' && (next === '"' || next === '\\');
      text += escaped ? next : char;
      at += escaped ? 2 : 1;
    }
    return text;
  }

  function parameter(): { name: string; text: string } {
    let name = '';
    while (!atEnd() && !'=;'.includes(source.charAt(at))) {
      name += source.charAt(at);
      at += 1;
    }
    name = name.trim().toLowerCase();
    if (source.charAt(at) !== '=') {
      at += 1;
      return { name: '', text: '' };
    }
    at += 1;
    while (/\s/.test(source.charAt(at))) at += 1;
    if (source.charAt(at) !== '"') return { name, text: bare() };
    const text = quoted();
    // What follows the closing quote up to the semicolon: a quote inside the name that nobody escaped, or nothing.
    const rest = until(';').trim();
    return { name, text: rest === '' || rest === '"' ? text : `${text}${rest.replaceAll('"', '')}` };
  }

  /** Up to the semicolon. Parentheses belong to names such as `a(1).pdf`; an encoded word may hold a semicolon. */
  function bare(): string {
    const word = /^=\?[^?\s]+\?[bq]\?[^?]*\?=/i.exec(source.slice(at, at + 1_000));
    let text = '';
    if (word) {
      text = word[0];
      at += word[0].length;
    }
    while (!atEnd() && source.charAt(at) !== ';') {
      text += source.charAt(at);
      at += 1;
    }
    at += 1;
    return text.trim().replace(/\s+\([^()]*\)$/, '');
  }

  return { atEnd, until, parameter };
}
