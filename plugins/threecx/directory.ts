import type { CrmReader, CrmRecord, KeyValueStore, StoreChange } from '@switchboard/core/contract';
import { decide, nobody, type Resolution } from './match.ts';
import type { Agent } from './schema.ts';

/** Who is behind a number, an address, an extension: read from the mirror and from what people decided before. */

type Sources = { readonly crm: CrmReader; readonly store: KeyValueStore };

/** Whom a number stands for since somebody said so. */
type Choice = {
  readonly personId: string;
  /** The person as created, until the mirror has it. */
  readonly created?: Readonly<Record<string, unknown>>;
};

const choiceKey = (e164: string): string => `choice/${e164}`;

/** @param shownId the record that 3CX showed to the agent: it settles a number that several people share */
export async function findByNumber({ crm, store }: Sources, e164: string, shownId?: string): Promise<Resolution> {
  const [matches, choice] = await Promise.all([crm.findByPhone(e164), store.get(choiceKey(e164))]);
  const persons = matches.filter(({ object }) => object === 'person');
  const shown = persons.find(({ record }) => record.id === shownId)?.record;
  return decide(matches, shown ?? (await chosen(crm, choice as Choice | undefined, persons.length, shownId)));
}

/**
 * The person somebody decided on. A choice lapses when its person is deleted. Creating one more person with a number that
 * others have decides nothing, except for the very call for which it was done.
 */
async function chosen(
  crm: CrmReader,
  choice: Choice | undefined,
  others: number,
  shownId: string | undefined,
): Promise<CrmRecord | undefined> {
  if (choice === undefined) return undefined;
  if (choice.created !== undefined && others > 0 && choice.personId !== shownId) return undefined;
  const known = await crm.get('person', choice.personId);
  return known ?? (choice.created && { ...choice.created, id: choice.personId });
}

export async function findByEmail({ crm }: Pick<Sources, 'crm'>, email: string): Promise<Resolution> {
  return email === '' ? nobody : decide(await crm.findByEmail(email));
}

/** Remembers whom a number stands for. */
export function rememberChoice(e164: string, personId: string): StoreChange {
  return { key: choiceKey(e164), value: { personId } satisfies Choice };
}

/** By then Twenty has long been up again and the mirror knows the person. */
export const BRIDGE_MS = 7 * 86_400_000;

/**
 * Bridges the time until a person that the plugin creates is in the mirror.
 *
 * @param until afterwards the mirror alone decides, also on whether the person still exists
 */
export function announceCreated(
  e164: string,
  personId: string,
  fields: Readonly<Record<string, unknown>>,
  until: Date,
): StoreChange {
  return { key: choiceKey(e164), value: { personId, created: fields } satisfies Choice, expiresAt: until };
}

/** The member who is this agent: by address, else by extension if only one has it. */
export async function findMember(crm: CrmReader, agent: Agent): Promise<string | undefined> {
  const byEmail = agent.email === '' ? [] : await crm.findBy('workspaceMember', 'userEmail', agent.email, 2);
  if (byEmail.length === 1) return byEmail[0]?.id;
  const byExtension =
    agent.extension === '' ? [] : await crm.findBy('workspaceMember', 'extension', agent.extension, 2);
  return byExtension.length === 1 ? byExtension[0]?.id : undefined;
}
