import type { MailAddress } from './understood.ts';
import { decodeText } from './mime/words.ts';
import { type Piece, scanAddresses, type Slot } from './address-scan.ts';

const maxAddresses = 5_000;
const nobody =
  /^(?:@.*|(?:undisclosed|unlisted|unspecified|hidden|no)[- _]?recipients?(?::.*)?|recipient list (?:not shown|suppressed)|list suppressed)[:;\s]*$/i;

/**
 * The mailboxes of address fields (binary strings), groups resolved. Reads RFC 5322 with its obsolete forms, and what clients write instead: commas and
 * brackets in names without quotes, semicolons, missing brackets, encoded words around the address.
 */
export function readAddresses(values: readonly string[], charsetHint = ''): MailAddress[] {
  return values
    .slice(0, maxAddresses)
    .flatMap((value) => readList(value, charsetHint, false))
    .slice(0, maxAddresses);
}

function readList(value: string, charsetHint: string, again: boolean): MailAddress[] {
  const addresses: MailAddress[] = [];
  let family = '';
  for (const slot of scanAddresses(value, maxAddresses)) {
    const read = readSlot(slot, charsetHint).slice(0, maxAddresses);
    const [first] = read;
    if (slot.angle === null && first && !first.address.includes('@')) {
      // "Doe, John <john@example.com>": the comma was part of a name that lacks its quotes.
      if (slot.followedByComma && slot.pieces.every((piece) => piece.kind !== 'quoted')) {
        if (family !== '') addresses.push(bare(family));
        family = first.name || first.address;
        continue;
      }
    }
    if (family !== '' && first) {
      if (slot.angle !== null) addresses.push({ ...first, name: `${family}, ${first.name}`.replace(/, $/, '') });
      else addresses.push(bare(family), ...read);
      family = '';
    } else addresses.push(...read);
  }
  if (family !== '') addresses.push(bare(family));
  // Some clients encode name and address together. Only when nothing else is there: else a name could pose as an address.
  if (!again && value.includes('=?') && !addresses.some(({ address }) => address.includes('@'))) {
    const decoded = decodeText(value, charsetHint);
    if (decoded.includes('@')) return readList(Buffer.from(decoded, 'utf8').toString('latin1'), 'utf-8', true);
  }
  return addresses.filter(
    ({ name, address }) =>
      (name !== '' || address !== '') && !(nobody.test(address) || (address === '' && nobody.test(name))),
  );
}

function bare(word: string): MailAddress {
  return /\s/.test(word) ? { name: word, address: '' } : { name: '', address: word };
}

function readSlot(slot: Slot, charsetHint: string): MailAddress[] {
  const comment = tidy(decodeText(slot.comment, charsetHint));
  if (slot.angle !== null) {
    const name = nameOf(slot.pieces, charsetHint);
    return [{ name: name === '' ? comment : name, address: addressOf(slot.angle, charsetHint) }];
  }
  const words = wordsOf(slot.pieces);
  const withAt = words.filter((word) => word.isAddress);
  if (withAt.length === 0) {
    const name = nameOf(slot.pieces, charsetHint);
    const only =
      words.length === 1 && slot.pieces.every((piece) => piece.kind !== 'encoded' && piece.kind !== 'quoted');
    if (only && name !== '') return [{ name: comment, address: name }];
    return name === '' && comment === '' ? [] : [{ name: name === '' ? comment : name, address: '' }];
  }
  const rest = nameOf(
    words.filter((word) => !word.isAddress).flatMap((word) => [...word.pieces, { kind: 'space', text: ' ' } as const]),
    charsetHint,
  );
  return withAt.map((word, index) => ({
    name: index === 0 ? (rest === '' ? comment : rest) : '',
    address: addressOf(word.pieces.map(written).join(''), charsetHint),
  }));
}

interface Word {
  readonly pieces: Piece[];
  isAddress: boolean;
}

/** Pieces between white space; white space around `@` and `.` is allowed within an address and closes no word. */
function wordsOf(pieces: readonly Piece[]): Word[] {
  const words: Word[] = [];
  let current: Word | null = null;
  for (const [index, piece] of pieces.entries()) {
    if (piece.kind === 'space') {
      const before = pieces[index - 1];
      const after = pieces[index + 1];
      const joins =
        (before?.kind === 'atom' && /[@.]$/.test(before.text)) || (after?.kind === 'atom' && /^[@.]/.test(after.text));
      if (!joins) current = null;
      continue;
    }
    if (current === null) {
      current = { pieces: [], isAddress: false };
      words.push(current);
    }
    current.pieces.push(piece);
    current.isAddress ||= piece.kind === 'atom' && /@/.test(piece.text);
  }
  return words;
}

function written(piece: Piece): string {
  return piece.kind === 'quoted' ? `"${piece.text.replaceAll(/["\\]/g, String.raw`\$&`)}"` : piece.text;
}

function nameOf(pieces: readonly Piece[], charsetHint: string): string {
  return tidy(decodeText(pieces.map((piece) => piece.text).join(''), charsetHint));
}

function tidy(text: string): string {
  const flat = text.replaceAll(/\s+/g, ' ').trim();
  const quoted = /^"(.*)"$/.exec(flat)?.[1];
  return (quoted === undefined || quoted.includes('"') ? flat : quoted).trim();
}

/** An address without white space, routes and needless quotes. */
function addressOf(source: string, charsetHint: string): string {
  const decoded = decodeText(source, charsetHint).trim();
  const bareText = /^[^"]*$/.test(decoded) ? decoded.replaceAll(/\s+/g, '') : decoded;
  const address = bareText
    .replace(/^(?:mailto|smtp):/i, '')
    .replace(/^@[^:"]*:/, '')
    .replace(/^<+|>+$/g, '')
    .replace(/^'([^']+)'$/, '$1');
  const quoted = /^"((?:[^"\\]|\\.)*)"@(.*)$/.exec(address);
  if (!quoted) return address;
  const local = (quoted[1] ?? '').replaceAll(/\\(.)/g, '$1');
  const isDotAtom = /^[^\s"(),:;<>@[\]\\.]+(?:\.[^\s"(),:;<>@[\]\\.]+)*$/.test(local);
  return isDotAtom ? `${local}@${quoted[2]}` : address;
}
