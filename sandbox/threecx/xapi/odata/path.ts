/** `/Users(31)/Groups` and `/Reports/Pbx.Get(from=…,to='…')`: segments with a key or named arguments. */

export type Literal = string | number | boolean | null;

export type Segment = { readonly name: string; readonly args: ReadonlyMap<string, Literal> };

/** The name of a key that stands alone in its brackets. */
const KEY = 'Id';

/** @param path decoded, without the service's prefix; @returns undefined when it is none */
export function readPath(path: string): Segment[] | undefined {
  const segments: Segment[] = [];
  for (const part of path.split('/').filter((one) => one !== '')) {
    const match = /^([A-Za-z][\w.]*)(?:\((.*)\))?$/.exec(part);
    if (match === null) return undefined;
    const args = readArguments(match[2] ?? '');
    if (args === undefined) return undefined;
    segments.push({ name: match[1] ?? '', args });
  }
  return segments;
}

function readArguments(text: string): Map<string, Literal> | undefined {
  const args = new Map<string, Literal>();
  for (const part of text.match(/(?:'(?:[^']|'')*'|[^,'])+/g) ?? []) {
    const [, name = KEY, value = ''] = /^(?:(\w+)=)?(.*)$/s.exec(part) ?? [];
    const literal = readLiteral(value);
    if (literal === undefined) return undefined;
    args.set(name, literal);
  }
  return args;
}

/** Text in quotes with inner ones doubled, numbers, words, and times without quotes, which stay text. */
export function readLiteral(text: string): Literal | undefined {
  const quoted = /^'((?:[^']|'')*)'$/s.exec(text)?.[1];
  if (quoted !== undefined) return quoted.replaceAll("''", "'");
  if (/^-?\d+(\.\d+)?$/.test(text)) return Number(text);
  if (text === 'true' || text === 'false') return text === 'true';
  if (text === 'null') return null;
  return /^\d{4}-\d{2}-\d{2}/.test(text) || /^{.*}$/.test(text) ? text : undefined;
}
