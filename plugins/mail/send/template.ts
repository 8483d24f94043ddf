/** Fields in a text: `{{person.firstName}}`, or `{{person.firstName|customer}}` with a text for those who have none. Nothing is computed. */
const field = /\{\{\s*([a-zA-Z]+\.[a-zA-Z]+)\s*(?:\|([^{}|]*))?\}\}/g;

/** The fields that there are, each with its value for one case; empty where the case has none. */
export type FieldValues = Readonly<Record<string, string>>;

export type Rendered = {
  readonly text: string;
  /** Fields without a value and without a text instead. */
  readonly empty: readonly string[];
  /** Fields that do not exist. */
  readonly unknown: readonly string[];
};

export function renderText(template: string, values: FieldValues): Rendered {
  return render(template, values, (value) => value);
}

/** For HTML: what a field holds is text, whatever characters it has. */
export function renderHtml(template: string, values: FieldValues): Rendered {
  return render(template, values, escapeHtml);
}

function render(template: string, values: FieldValues, escape: (value: string) => string): Rendered {
  const empty = new Set<string>();
  const unknown = new Set<string>();
  const text = template.replaceAll(field, (_whole, name: string, instead: string | undefined) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined) unknown.add(name);
    if (value !== undefined && value !== '') return escape(value);
    if (instead === undefined && value !== undefined) empty.add(name);
    return escape((instead ?? '').trim());
  });
  return { text, empty: [...empty], unknown: [...unknown] };
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? character);
}
