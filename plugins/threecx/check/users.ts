import type { CheckLine } from '@switchboard/core/contract';
import { z } from 'zod';
import type { Xapi } from '../client/xapi.ts';
import { findMember } from '../directory.ts';
import type { Context } from '../services.ts';
import { probe } from './probe.ts';
import { type Facts, whyMissing } from './system.ts';

/** A user of 3CX who is a member of the CRM. */
export type MappedAgent = { readonly extension: string; readonly name: string };

const user = z.object({
  Number: z.string().min(1),
  FirstName: z.string().nullish(),
  LastName: z.string().nullish(),
  EmailAddress: z.string().nullish(),
});

/** Who of the users is known in the CRM. @returns agents undefined when 3CX does not show its users */
export async function checkUsers(
  context: Context,
  xapi: Xapi,
  facts: Facts,
  signal: AbortSignal,
): Promise<{ lines: CheckLine[]; agents: MappedAgent[] | undefined }> {
  const name = 'Agents';
  let agents: MappedAgent[] | undefined;
  const lines = await probe(name, whyMissing(facts, noUsers), async () => {
    // Never without a selection: users carry passwords.
    const rows = await xapi.list('/Users', { $select: 'Number,FirstName,LastName,EmailAddress' }, signal);
    const users = rows.flatMap((row) => user.safeParse(row).data ?? []);
    agents = await mapped(context, users);
    const state = agents.length === 0 ? 'warning' : 'ok';
    const detail = `${agents.length} of ${users.length} extensions belong to members of the CRM, by address or extension.`;
    const code = agents.length === 0 ? 'threecx.agents-none' : 'threecx.agents';
    const values = { agents: agents.length, users: users.length };
    const remedy = state === 'ok' ? {} : { remedy: 'Enter the extensions of the members in Twenty.' };
    return [{ name, state, code, values, detail, ...remedy }];
  });
  return { lines, agents };
}

const noUsers = {
  code: 'threecx.agents-closed',
  detail: 'The client may not read the users of 3CX: agents are known by what the template tells.',
  remedy: 'Give the client the role System Owner in a department of its own, not in "System Wide".',
};

async function mapped({ crm }: Context, users: readonly z.output<typeof user>[]): Promise<MappedAgent[]> {
  const agents: MappedAgent[] = [];
  for (const { Number: extension, FirstName, LastName, EmailAddress } of users) {
    const name = `${FirstName ?? ''} ${LastName ?? ''}`.trim();
    const email = (EmailAddress ?? '').trim().toLowerCase();
    if ((await findMember(crm, { extension, name, email })) !== undefined) agents.push({ extension, name });
  }
  return agents;
}
