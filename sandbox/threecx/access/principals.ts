import { randomBytes } from 'node:crypto';
import { z } from 'zod';

/** An API client of the PBX, as the admin console makes it. */

export const roles = [
  'system_owners',
  'system_admins',
  'group_owners',
  'managers',
  'group_admins',
  'receptionists',
  'users',
] as const;

const principalSchema = z.strictObject({
  clientId: z.string().min(1).max(100),
  /** Made up when left out. */
  secret: z
    .string()
    .min(1)
    .default(() => randomBytes(24).toString('base64url')),
  role: z.enum(roles).default('system_owners'),
  /** `System Wide` locks the role to `users`, whatever was asked for. */
  department: z.string().default('DEFAULT'),
  /** May use the Configuration API (`/xapi`). */
  xapi: z.boolean().default(true),
  /** May use the Call Control API. */
  callControl: z.boolean().default(true),
  /** The extensions whose calls it sees; default every one there is at the start. */
  monitors: z.array(z.string()).optional(),
});

export type PrincipalOptions = z.input<typeof principalSchema>;
export type Principal = Omit<z.output<typeof principalSchema>, 'monitors'> & { readonly monitors: readonly string[] };

export type Principals = {
  readonly all: () => readonly Principal[];
  readonly find: (clientId: string) => Principal | undefined;
  /**
   * Adds a client or changes what is given of one.
   * @throws ZodError telling what is wrong with it
   */
  readonly put: (options: PrincipalOptions) => Principal;
};

/** @param extensions what a client monitors when nothing is said */
export function createPrincipals(initial: readonly PrincipalOptions[], extensions: readonly string[]): Principals {
  const held = new Map<string, Principal>();

  function put(options: PrincipalOptions): Principal {
    const { monitors = [...extensions], ...given } = principalSchema.parse({
      ...held.get(options.clientId),
      ...options,
    });
    const principal = { ...given, monitors };
    held.set(principal.clientId, principal);
    return principal;
  }

  for (const one of initial) put(one);
  return { all: () => [...held.values()], find: (clientId) => held.get(clientId), put };
}

export function roleOf({ role, department }: Principal): Principal['role'] {
  return department === 'System Wide' ? 'users' : role;
}
