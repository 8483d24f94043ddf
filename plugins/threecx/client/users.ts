import { NotFoundError, PayloadError } from '@switchboard/core/contract';
import { z } from 'zod';
import type { PbxUser } from '../agents/compare.ts';
import type { Xapi } from './xapi.ts';

/** The users of 3CX. */
export type Users = {
  readonly all: (signal: AbortSignal) => Promise<PbxUser[]>;
  readonly change: (id: number, fields: UserFields, signal: AbortSignal) => Promise<void>;
  /** Makes a user with the next free extension. @returns that extension */
  readonly create: (fields: UserFields, signal: AbortSignal) => Promise<string>;
  /** @returns the reason in 3CX's words when it refused; undefined when the user is gone */
  readonly remove: (id: number, signal: AbortSignal) => Promise<string | undefined>;
  /** @throws PayloadError for a profile that this user does not have, naming those there are; NotFoundError */
  readonly setProfile: (extension: string, profile: string, signal: AbortSignal) => Promise<void>;
};

/** What the hub ever changes of a user. Lists would replace what is there, and a number cannot be changed. */
export type UserFields = { readonly FirstName?: string; readonly LastName?: string; readonly EmailAddress?: string };

const word = z
  .string()
  .nullish()
  .transform((text) => (text ?? '').trim());
const user = z
  .object({
    Id: z.number(),
    Number: z.string().min(1),
    FirstName: word,
    LastName: word,
    EmailAddress: word,
    CurrentProfileName: word,
  })
  .transform((row): PbxUser => ({
    id: row.Id,
    extension: row.Number,
    firstName: row.FirstName,
    lastName: row.LastName,
    email: row.EmailAddress.toLowerCase(),
    profile: row.CurrentProfileName,
  }));
const profile = z.object({ Name: z.string() });
const free = z.object({ Number: z.string().min(1) });
const refusals = z.object({ value: z.array(z.object({ Error: z.string().nullish() })) });
const fields = 'Id,Number,FirstName,LastName,EmailAddress,CurrentProfileName';

export function createUsers(xapi: Xapi): Users {
  const all: Users['all'] = async (signal) => {
    const rows = await xapi.list('/Users', { $select: fields }, signal);
    return rows.flatMap((row) => user.safeParse(row).data ?? []);
  };
  return {
    all,
    change: async (id, changed, signal) => await xapi.patch(`/Users(${id})`, changed, signal),
    async create(made, signal) {
      const { Number: number } = free.parse(await xapi.get('/Users/Pbx.GetFirstAvailableExtensionNumber()', signal));
      await xapi.post('/Users', { Id: 0, Number: number, ...made }, signal);
      return number;
    },
    async remove(id, signal) {
      const { data } = refusals.safeParse(await xapi.post('/Users/Pbx.BatchDelete', { ids: [id] }, signal));
      const [refusal] = data?.value ?? [];
      return refusal && (refusal.Error ?? 'no reason given');
    },
    async setProfile(extension, name, signal) {
      const found = (await all(signal)).find((one) => one.extension === extension);
      if (found === undefined) throw new NotFoundError(`3CX has no user with extension ${extension}`);
      const rows = await xapi.list(`/Users(${found.id})/ForwardingProfiles`, { $select: 'Name' }, signal);
      const names = rows.flatMap((row) => profile.safeParse(row).data?.Name ?? []);
      if (!names.includes(name)) {
        throw new PayloadError(`Extension ${extension} has no such profile; it has: ${names.join(', ')}`, {
          field: 'profile',
        });
      }
      await xapi.patch(`/Users(${found.id})`, { CurrentProfileName: name }, signal);
    },
  };
}
