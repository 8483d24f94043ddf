/** All tables of the hub, for Kysely. Each area describes its own. */
export type Tables = Record<never, never>;
