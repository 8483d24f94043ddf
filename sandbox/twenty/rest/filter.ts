import { badRequest } from './answers.ts';

const COMPARATORS = [
  'eq',
  'neq',
  'in',
  'containsAny',
  'is',
  'gt',
  'gte',
  'lt',
  'lte',
  'startsWith',
  'endsWith',
  'like',
  'ilike',
];

/** The filter of GraphQL that stands for `name[like]:"a%",or(x[eq]:1,not(y[lt]:5))`. */
export function parseFilter(text: string): Record<string, unknown> {
  const conditions = splitTopLevel(text).map(parseCondition);
  const [only] = conditions;
  return conditions.length === 1 && only !== undefined ? only : { and: conditions };
}

/** `name[AscNullsLast],curF.amountMicros[DescNullsLast]`; without a direction AscNullsFirst. */
export function parseOrder(text: string): Record<string, unknown>[] {
  return splitTopLevel(text).map((entry) => {
    const [, path = entry, direction = 'AscNullsFirst'] = entry.match(/^([^[\]]+)(?:\[(\w+)\])?$/) ?? [];
    return nest(path, direction);
  });
}

function parseCondition(text: string): Record<string, unknown> {
  const [, conjunction, inner = ''] = text.match(/^(and|or|not)\((.*)\)$/s) ?? [];
  if (conjunction === 'not') return { not: parseFilter(inner) };
  if (conjunction !== undefined) return { [conjunction]: splitTopLevel(inner).map(parseCondition) };
  const [, path, comparator = '', value = ''] = text.match(/^([\w.]+)\[(\w+)\]:(.*)$/s) ?? [];
  if (path === undefined) throw badRequest(`'filter' invalid for '${text}'. eg: price[gte]:10`);
  if (!COMPARATORS.includes(comparator)) {
    throw badRequest(`'filter' invalid for '${text}', comparator ${comparator} not in ${COMPARATORS.join(', ')}`);
  }
  return nest(path, { [comparator]: parseValue(value) });
}

/** Quoted texts, lists, numbers and booleans are JSON; anything else is a text. */
function parseValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const [, items] = text.match(/^\[(.*)\]$/s) ?? [];
    return items === undefined ? text : splitTopLevel(items).map(parseValue);
  }
}

function nest(path: string, value: unknown): Record<string, unknown> {
  const [name = '', ...rest] = path.split('.');
  return { [name]: rest.length === 0 ? value : nest(rest.join('.'), value) };
}

/** Splits at commas that are not inside quotes, brackets or parentheses. */
function splitTopLevel(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let isQuoted = false;
  let start = 0;
  for (let index = 0; index < text.length; index += 1) {
    const character = text.charAt(index);
    if (character === '"' && text[index - 1] !== '\\') isQuoted = !isQuoted;
    if (isQuoted) continue;
    if ('([{'.includes(character)) depth += 1;
    if (')]}'.includes(character)) depth -= 1;
    if (character === ',' && depth === 0) {
      parts.push(text.slice(start, index));
      start = index + 1;
    }
  }
  return [...parts, text.slice(start)].map((part) => part.trim()).filter((part) => part !== '');
}
