import { fill, holds } from './expression.ts';
import { type Contact, readContacts } from './reply.ts';
import type { Field, Scenario, ScenarioRequest, Template } from './template.ts';
import { TemplateError, type Variables } from './values.ts';

/** What came of a scenario. */
export type Run =
  | { readonly state: 'skipped'; readonly reason: string }
  | { readonly state: 'failed'; readonly reason: string }
  | {
      readonly state: 'answered';
      readonly status: number;
      readonly reply: unknown;
      readonly contacts: readonly Contact[];
    };

/** The documentation names no deadline; a telephone that rings has no longer patience. */
const TIMEOUT_MS = 15_000;

/** Runs one scenario of a template as the engine of 3CX does. It never throws: a PBX goes on whatever a CRM does. */
export async function runScenario(template: Template, id: string, variables: Variables): Promise<Run> {
  const scenario = template.scenarios.get(id);
  if (scenario === undefined) return { state: 'skipped', reason: 'the template has no such scenario' };
  try {
    if (holds(scenario.request.skipIf, variables))
      return { state: 'skipped', reason: `${scenario.request.skipIf} holds` };
    return await send(scenario, variables);
  } catch (error) {
    return { state: 'failed', reason: reasonOf(error) };
  }
}

async function send(scenario: Scenario, variables: Variables): Promise<Run> {
  const { request } = scenario;
  const response = await fetch(fill(request.url, variables), {
    method: request.method,
    headers: { ...contentType(request), ...filled(request.headers, variables) },
    ...(request.method === 'POST' ? { body: bodyOf(request, variables) } : {}),
    // 3CX does not follow redirects.
    redirect: 'manual',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  const reply = parsed(await response.text());
  const contacts = response.status === 200 ? readContacts(scenario, reply) : [];
  return { state: 'answered', status: response.status, reply, contacts };
}

function contentType({ method, encoding }: ScenarioRequest): Record<string, string> {
  if (method === 'GET') return {};
  return { 'content-type': encoding === 'Json' ? 'application/json' : 'application/x-www-form-urlencoded' };
}

function bodyOf({ encoding, fields }: ScenarioRequest, variables: Variables): string {
  const values = filled(fields, variables);
  return encoding === 'Json' ? JSON.stringify(values) : new URLSearchParams(values).toString();
}

function filled(fields: readonly Field[], variables: Variables): Record<string, string> {
  return Object.fromEntries(fields.map(({ key, value, passes }) => [key, fill(value, variables, passes)]));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text.slice(0, 500);
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof TemplateError) return error.message;
  if (error instanceof DOMException && error.name === 'TimeoutError') return 'no answer in time';
  const cause = error instanceof Error ? (error.cause as { code?: string } | undefined)?.code : undefined;
  return `no connection${cause === undefined ? '' : ` (${cause})`}`;
}
