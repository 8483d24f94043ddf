/** A word of an address field. Quoted text is without its quotes, an encoded word is still encoded. */
export interface Piece {
  readonly kind: 'atom' | 'quoted' | 'encoded' | 'space';
  readonly text: string;
}

/** What stands between two separators. */
export interface Slot {
  readonly pieces: readonly Piece[];
  /** Inside `<>`, comments left out; null when there are no brackets. */
  readonly angle: string | null;
  readonly comment: string;
  readonly followedByComma: boolean;
}

interface Draft {
  pieces: Piece[];
  angle: string | null;
  comment: string;
}

const encodedWord = /=\?[^?\s]{0,80}\?[bq]\?(?:[^?=]|\?(?!=)|=(?!\?[^=]))*\?=/iy;
const plainRun = /[^\s"(),:;<>=]+|=/y;

/** Cuts an address field at its separators, at most `limit` times. One pass; nesting is counted, never recursed into. */
export function scanAddresses(value: string, limit: number): Slot[] {
  const slots: Slot[] = [];
  const reader = createReader(value);
  let draft: Draft = { pieces: [], angle: null, comment: '' };

  const flush = (followedByComma: boolean) => {
    const isEmpty =
      draft.angle === null && draft.comment === '' && draft.pieces.every((piece) => piece.kind === 'space');
    if (!isEmpty) slots.push({ ...draft, followedByComma });
    draft = { pieces: [], angle: null, comment: '' };
  };

  while (!reader.atEnd() && slots.length < limit) {
    const char = reader.peek();
    if (char === '"') {
      const quoted = reader.quoted();
      draft.pieces.push({ kind: quoted === null ? 'space' : 'quoted', text: quoted ?? ' ' });
    } else if (char === '(') {
      const comment = reader.comment();
      if (comment !== null) draft.comment = draft.comment === '' ? comment : `${draft.comment} ${comment}`;
      draft.pieces.push({ kind: 'space', text: ' ' });
    } else if (char === '<') {
      const angle = reader.angle();
      if (draft.angle === null || draft.angle === '') draft.angle = angle;
    } else if (char === ',' || char === ';') {
      flush(char === ',');
      reader.skip();
    } else if (char === ':' && draft.angle === null && !hasAt(draft)) {
      // The name of a group; or `mailto:`, which is as meaningless.
      draft = { pieces: [], angle: null, comment: '' };
      reader.skip();
    } else draft.pieces.push(reader.word());
  }
  flush(false);
  return slots;
}

function hasAt(draft: Draft): boolean {
  return draft.pieces.some((piece) => piece.kind === 'atom' && piece.text.includes('@'));
}

/** Reads tokens. What is opened and never closed is looked for once only, so the work stays linear. */
function createReader(value: string) {
  let at = 0;
  let quotesClose = true;
  let commentsClose = true;

  const atEnd = () => at >= value.length;
  const peek = () => value.charAt(at);
  const skip = () => {
    at += 1;
  };
  const sticky = (pattern: RegExp) => {
    pattern.lastIndex = at;
    return pattern.exec(value)?.[0];
  };

  /** null: a stray quote, as in `"Jane <jane@example.com>`; it is passed over. */
  function quoted(): string | null {
    const start = at;
    let text = '';
    at += 1;
    while (quotesClose && !atEnd()) {
      const char = peek();
      if (char === '"') {
        at += 1;
        return text;
      }
      const escaped = char === '\\' && at + 1 < value.length;
      text += value.charAt(escaped ? at + 1 : at);
      at += escaped ? 2 : 1;
    }
    quotesClose = false;
    at = start + 1;
    return null;
  }

  /** null: a stray parenthesis; it is passed over. */
  function comment(): string | null {
    const start = at;
    let depth = 0;
    let text = '';
    while (commentsClose && !atEnd()) {
      const char = peek();
      if (char === '\\' && at + 1 < value.length) {
        text += value.charAt(at + 1);
        at += 2;
        continue;
      }
      if (char === '(') depth += 1;
      if (char === ')') depth -= 1;
      at += 1;
      if (depth === 0) return text.slice(1);
      text += char;
    }
    commentsClose = false;
    at = start + 1;
    return null;
  }

  /** From `<` to `>`, with quotes kept and comments left out. `<<a@b>>` is read like `<a@b>`. */
  function angle(): string {
    let text = '';
    at += 1;
    while (!atEnd()) {
      const char = peek();
      if (char === '>') {
        while (value.charAt(at) === '>') at += 1;
        return text;
      }
      if (char === '"') {
        const start = at;
        if (quoted() !== null) text += value.slice(start, at);
      } else if (char === '(') comment();
      // A route begins with `@`; otherwise the bracket was not closed before the next address.
      else if (char === ',' && text.includes('@') && !text.startsWith('@')) return text;
      else {
        if (char !== '<') text += char;
        at += 1;
      }
    }
    return text;
  }

  function word(): Piece {
    const char = peek();
    if (/\s/.test(char)) {
      while (/\s/.test(value.charAt(at))) at += 1;
      return { kind: 'space', text: ' ' };
    }
    const encoded = char === '=' ? sticky(encodedWord) : undefined;
    const text = encoded ?? sticky(plainRun) ?? char;
    at += text.length;
    return { kind: encoded === undefined ? 'atom' : 'encoded', text };
  }

  return { atEnd, peek, skip, quoted, comment, angle, word };
}
