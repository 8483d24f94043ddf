/** What an expression of a template can evaluate to. */
export type Value = string | number | boolean | Date | TimeSpan | null;

/** A duration, as .NET's TimeSpan. */
type TimeSpan = { readonly totalSeconds: number };

export type Variables = Readonly<Record<string, Value>>;

/** Something a template says that cannot be done; 3CX gives up on the scenario and writes it to its log. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError';
}

/** A value in the place of text. Dates come in the culture of the PBX, which is why templates must format them. */
export function textOf(value: Value): string {
  if (value === null) return '';
  if (value instanceof Date) return formatDate(value, 'dd/MM/yyyy HH:mm:ss');
  if (typeof value === 'object') return new Date(value.totalSeconds * 1000).toISOString().slice(11, 19);
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return String(value);
}

/** The methods of .NET that templates call on values. */
export function callMethod(value: Value, method: string, args: readonly string[]): Value {
  if (method === 'ToString') return toText(value, args[0]);
  if (method === 'Replace') return textOf(value).replaceAll(args[0] ?? '', args[1] ?? '');
  if (method === 'get_TotalSeconds' && isTimeSpan(value)) return value.totalSeconds;
  throw new TemplateError(`${method} cannot be called on ${value === null ? 'nothing' : typeof value}`);
}

function toText(value: Value, format: string | undefined): string {
  if (value === null) throw new TemplateError('ToString cannot be called on nothing');
  if (format === undefined) return textOf(value);
  if (value instanceof Date) return formatDate(value, format);
  const decimals = /^F(\d)$/.exec(format)?.[1];
  if (typeof value === 'number' && decimals !== undefined) return value.toFixed(Number(decimals));
  throw new TemplateError(`the format "${format}" does not fit the value`);
}

/** The parts of a .NET date format that do not depend on a culture. */
function formatDate(date: Date, format: string): string {
  const two = (number: number) => String(number).padStart(2, '0');
  const parts: Record<string, string> = {
    yyyy: String(date.getUTCFullYear()).padStart(4, '0'),
    MM: two(date.getUTCMonth() + 1),
    dd: two(date.getUTCDate()),
    HH: two(date.getUTCHours()),
    mm: two(date.getUTCMinutes()),
    ss: two(date.getUTCSeconds()),
    fff: String(date.getUTCMilliseconds()).padStart(3, '0'),
  };
  return format.replaceAll(/yyyy|MM|dd|HH|mm|ss|fff/g, (token) => parts[token] ?? token);
}

function isTimeSpan(value: Value): value is TimeSpan {
  return typeof value === 'object' && value !== null && 'totalSeconds' in value;
}
