import type { Admin } from '../admin/index.ts';

/** Opens the hub's database for the length of one command. */
export type WithAdmin = (work: (admin: Admin) => Promise<void>) => Promise<void>;

/** Who acts, for the audit log. */
export const CLI_ACTOR = 'command line';
