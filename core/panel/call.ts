import type { PanelCallPage, PanelName, PanelStep } from '@switchboard/crm/panel';
import { z } from 'zod';
import type { Page } from './page.ts';
import { nameOf, text } from './text.ts';

/** As the telephone plugin writes them; a step or candidate that is not understood is left out. */
const step = z.object({
  at: z.string(),
  what: z.string(),
  number: z.string().optional(),
  name: z.string().optional(),
  seconds: z.number().optional(),
  answered: z.boolean().optional(),
});
const candidate = z.object({ object: z.string(), id: z.string(), name: z.string() });

/** A queue may ring for an hour; the page shows the beginning and the end of it. */
const MOST_STEPS = 40;

/** What the page of a call tells beside Twenty's own fields. */
export async function readCall(page: Page): Promise<PanelCallPage | null> {
  const { object, own } = page;
  if (object !== 'phoneCall' || own === undefined) return null;
  const [person, company, location, serviceCase] = await Promise.all(
    (['person', 'company', 'location', 'serviceCase'] as const).map(async (name) => await linkedName(page, name)),
  );
  return {
    id: own.id,
    direction: text(own['direction']),
    outcome: text(own['outcome']),
    startedAt: text(own['startedAt']),
    durationSeconds: wholeNumber(own['durationSeconds']),
    waitSeconds: wholeNumber(own['waitSeconds']),
    phoneNumber: text(own['phoneNumber']),
    agentName: text(own['agentName']),
    matchState: text(own['matchState']),
    person: person ?? null,
    company: company ?? null,
    location: location ?? null,
    serviceCase: serviceCase ?? null,
    candidates: candidatesOf(page),
    steps: stepsOf(own['journey']),
    summary: text(own['summary']),
    consent: z.array(z.string()).safeParse(own['recordingConsent']).data ?? [],
  };
}

async function linkedName({ reader, own }: Page, object: string): Promise<PanelName | undefined> {
  const id = own?.[`${object}Id`];
  const record = typeof id === 'string' ? await reader.get(object, id) : undefined;
  const name = object === 'serviceCase' ? (record?.['subject'] ?? record?.['number']) : record?.['name'];
  return record && { id: record.id, name: nameOf(name) };
}

/** A number stands for a person, so only people are to choose from, and only those whose names the role may read. */
function candidatesOf({ own, view }: Page): PanelName[] {
  if (own?.['matchState'] !== 'AMBIGUOUS' || !view.sees('person', 'name') || !Array.isArray(own['candidates']))
    return [];
  return own['candidates']
    .flatMap((one) => candidate.safeParse(one).data ?? [])
    .filter((one) => one.object === 'person')
    .map(({ id, name }) => ({ id, name }));
}

function stepsOf(journey: unknown): PanelStep[] {
  const steps = z.object({ steps: z.array(z.unknown()) }).safeParse(journey).data?.steps ?? [];
  const read = steps
    .flatMap((one) => step.safeParse(one).data ?? [])
    .map(({ at, what, number = '', name = '', seconds = null, answered = null }) => ({
      at,
      what,
      who: name === '' ? number : `${name} (${number})`,
      seconds,
      answered,
    }));
  if (read.length <= MOST_STEPS) return read;
  return [...read.slice(0, MOST_STEPS / 2), ...read.slice(-MOST_STEPS / 2)];
}

const wholeNumber = (value: unknown): number | null => (typeof value === 'number' ? value : null);
