/** Twenty answers an unset text as "" (2.21, measured). */
export const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** A name: a text, or first and last name. */
export function nameOf(value: unknown): string {
  if (typeof value === 'string') return value;
  const { firstName, lastName } = (value ?? {}) as { readonly firstName?: unknown; readonly lastName?: unknown };
  return [text(firstName), text(lastName)].filter((part) => part !== null).join(' ');
}
