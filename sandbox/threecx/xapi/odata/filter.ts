import { badRequest } from './errors.ts';
import { type Literal, readLiteral } from './path.ts';

/**
 * The part of `$filter` that clients of 3CX use: comparisons, `in`, `contains`, `startswith`, `endswith`, `tolower`, `and`, `or`, `not`,
 * brackets.
 */

export type Row = Readonly<Record<string, unknown>>;
export type Predicate = (row: Row) => boolean;
type Operand = (row: Row) => unknown;

const TOKENS = /\s*('(?:[^']|'')*'|[\w.:+-]+|[(),])/gy;

/** @throws ODataError 400 */
export function readFilter(text: string): Predicate {
  const tokens = tokenize(text);
  let at = 0;

  const peek = () => tokens[at];
  const take = () => tokens[at++];
  const accept = (token: string) => peek() === token && take() !== undefined;
  const expect = (token: string) => {
    if (!accept(token)) throw wrong(text);
  };

  function either(): Predicate {
    let left = both();
    while (accept('or')) {
      const [one, other] = [left, both()];
      left = (row) => one(row) || other(row);
    }
    return left;
  }

  function both(): Predicate {
    let left = single();
    while (accept('and')) {
      const [one, other] = [left, single()];
      left = (row) => one(row) && other(row);
    }
    return left;
  }

  function single(): Predicate {
    if (accept('not')) {
      const inner = single();
      return (row) => !inner(row);
    }
    if (accept('(')) {
      const inner = either();
      expect(')');
      return inner;
    }
    const search = SEARCHES[peek() ?? ''];
    return search === undefined ? comparison() : searching(search);
  }

  function searching(search: (text: string, part: string) => boolean): Predicate {
    take();
    expect('(');
    const whole = operand();
    expect(',');
    const part = operand();
    expect(')');
    return (row) => search(textOf(whole(row)), textOf(part(row)));
  }

  function comparison(): Predicate {
    const left = operand();
    const operator = take() ?? '';
    if (operator === 'in') {
      const list = values();
      return (row) => list.some((one) => compare(left(row), one(row)) === 0);
    }
    const holds = COMPARISONS[operator];
    if (holds === undefined) throw wrong(text);
    const right = operand();
    return (row) => holds(compare(left(row), right(row)));
  }

  function values(): Operand[] {
    const list: Operand[] = [];
    expect('(');
    do list.push(operand());
    while (accept(','));
    expect(')');
    return list;
  }

  function operand(): Operand {
    const token = take();
    if (token === undefined) throw wrong(text);
    if (token === 'tolower') {
      expect('(');
      const inner = operand();
      expect(')');
      return (row) => textOf(inner(row)).toLowerCase();
    }
    const literal: Literal | undefined = readLiteral(token);
    return literal === undefined ? (row) => row[token] : () => literal;
  }

  const predicate = either();
  if (at < tokens.length) throw wrong(text);
  return predicate;
}

const SEARCHES: Readonly<Record<string, (text: string, part: string) => boolean>> = {
  contains: (text, part) => text.includes(part),
  startswith: (text, part) => text.startsWith(part),
  endswith: (text, part) => text.endsWith(part),
};

/** NaN, for what cannot be compared, holds for `ne` only. */
const COMPARISONS: Readonly<Record<string, (order: number) => boolean>> = {
  eq: (order) => order === 0,
  ne: (order) => order !== 0,
  gt: (order) => order > 0,
  ge: (order) => order >= 0,
  lt: (order) => order < 0,
  le: (order) => order <= 0,
};

const TIME = /^\d{4}-\d{2}-\d{2}T/;

export function compare(left: unknown, right: unknown): number {
  if (left === right || (left == null && right == null)) return 0;
  if (left == null || right == null) return Number.NaN;
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  const [one, other] = [textOf(left), textOf(right)];
  if (TIME.test(one) && TIME.test(other)) return Date.parse(one) - Date.parse(other);
  return one < other ? -1 : Number(one > other);
}

/** Properties that can be compared are plain; lists and entities never match. */
function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

function tokenize(text: string): string[] {
  const tokens: string[] = [];
  TOKENS.lastIndex = 0;
  let end = 0;
  for (let match = TOKENS.exec(text); match !== null; match = TOKENS.exec(text)) {
    tokens.push(match[1] ?? '');
    end = TOKENS.lastIndex;
  }
  if (text.slice(end).trim() !== '') throw wrong(text);
  return tokens;
}

function wrong(text: string) {
  return badRequest(`The query specified in the URI is not valid: $filter=${text}`);
}
