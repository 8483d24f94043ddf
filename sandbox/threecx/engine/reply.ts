import { fill } from './expression.ts';
import type { Scenario } from './template.ts';

/** A contact as 3CX shows it: output types (`FirstName`, `ContactUrl` …) with their texts. */
export type Contact = Readonly<Record<string, string>>;

/** Reads the contacts out of a reply. Paths have no index: where one passes a list, each element is a contact. */
export function readContacts(scenario: Scenario, reply: unknown): Contact[] {
  const applies =
    scenario.rules.length === 0 || scenario.rules.some((path) => walk(reply, path).some(({ text }) => text !== ''));
  if (!applies) return [];
  const elements = new Map<number, Record<string, string>>();
  for (const { name, path } of scenario.variables) {
    for (const { element, text } of walk(reply, path))
      elements.set(element, { ...elements.get(element), [name]: text });
  }
  return [...elements.values()]
    .map((variables) => outputsOf(scenario, variables))
    .filter((contact) => Object.keys(contact).length > 0);
}

function outputsOf(scenario: Scenario, variables: Record<string, string>): Contact {
  const outputs = scenario.outputs.map(({ type, value, passes }) => [type, fill(value, variables, passes)] as const);
  return Object.fromEntries(outputs.filter(([, text]) => scenario.allowEmpty || text !== ''));
}

type Found = { readonly element: number; readonly text: string };

/** Every value at a path, with the position of the list element it lies in (0 outside of lists). */
function walk(value: unknown, path: string): Found[] {
  const steps = path === '' ? [] : path.split('.');
  return step(value, steps, undefined);
}

function step(value: unknown, steps: readonly string[], element: number | undefined): Found[] {
  if (Array.isArray(value)) return value.flatMap((one, index) => step(one, steps, element ?? index));
  const [name, ...rest] = steps;
  if (name !== undefined) {
    return typeof value === 'object' && value !== null
      ? step((value as Record<string, unknown>)[name], rest, element)
      : [];
  }
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return [];
  return [{ element: element ?? 0, text: String(value) }];
}
