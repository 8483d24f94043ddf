import { defineJob } from '@switchboard/core/contract';
import { z } from 'zod';
import { comparison } from './compare.ts';

/** Compares the agents of both sides. With the id of a comparison it also makes the changes that this one told of and that were asked for, and no others. */
export const compareAgents = defineJob({
  name: 'threecx.compare-agents',
  payload: z.object({
    apply: z.string().optional(),
    /** Members only in the CRM who are to get an extension, and users only in 3CX who are to go, by their keys. */
    create: z.array(z.string()).default([]),
    remove: z.array(z.string()).default([]),
  }),
  serialize: () => 'agents',
  timeoutMs: 300_000,
});

/** Tried once: who sets a presence sees at once whether it came. */
export const setProfile = defineJob({
  name: 'threecx.set-profile',
  payload: z.object({ extension: z.string(), profile: z.string() }),
  lane: 'live',
  attempts: 1,
});

/** The last comparison, as the store keeps it. */
export const stored = comparison.extend({ at: z.iso.datetime() });

export const COMPARISON_KEY = 'agents/comparison';
