import { ConflictError, job, PayloadError, RefusedError, type Route } from '@switchboard/core/contract';
import { z } from 'zod';
import { compareAgents, COMPARISON_KEY, setProfile, stored } from '../agents/work.ts';
import { readBody } from '../payload.ts';
import type { Context } from '../services.ts';

/** Clicks within this time are one. */
const ONE_CLICK_MS = 2000;

const comparison = async ({ store }: Context) => stored.safeParse(await store.get(COMPARISON_KEY)).data;

const showAgents: Route<Context> = {
  method: 'GET',
  path: '/agents',
  summary: 'The last comparison of the users of 3CX with the members of the CRM, with presence',
  audience: 'operator',
  handle: async (context) => ({ body: { comparison: (await comparison(context)) ?? null } }),
};

const askComparison: Route<Context> = {
  method: 'POST',
  path: '/agents/compare',
  summary: 'Compares users and members anew; changes nothing',
  audience: 'operator',
  async handle(context) {
    checkAccess(context);
    await context.commit({ jobs: [job(compareAgents, {}, `compare ${turn(context)}`)] });
    return { status: 202, body: { accepted: true } };
  },
};

/** Nobody is created or deleted who is not named: naming is the confirmation. */
const applyBody = z.object({
  id: z.string().max(64),
  create: z.array(z.string().max(64)).max(100).default([]),
  remove: z.array(z.string().max(64)).max(100).default([]),
});

/** Only what was shown can be applied, by its id: the dry run comes first. */
const applyComparison: Route<Context> = {
  method: 'POST',
  path: '/agents/apply',
  summary: 'Makes the changes in 3CX and in the CRM that the last comparison told of',
  audience: 'operator',
  async handle(context, { body }) {
    checkAccess(context);
    const { id, create, remove } = readBody(applyBody, body, () => 'Send {"id": "…"} of the comparison.');
    const shown = await comparison(context);
    if (shown?.id !== id) {
      throw new ConflictError('This is not the last comparison', {
        field: 'body.id',
        remedy: 'Compare again, look at the differences, and send the id of that comparison.',
      });
    }
    checkNamed(create, shown.onlyInCrm, 'create');
    checkNamed(remove, shown.onlyInThreecx, 'remove');
    const asked = { apply: id, create, remove };
    await context.commit({ jobs: [job(compareAgents, asked, `apply ${id} ${turn(context)}`)] });
    return { status: 202, body: { accepted: true } };
  },
};

const profileBody = z.object({
  extension: z.string().regex(/^\d{2,5}$/, 'must be an extension'),
  profile: z.string().min(1).max(100),
});

const askProfile: Route<Context> = {
  method: 'POST',
  path: '/agents/profile',
  summary: 'Sets the presence of an extension',
  audience: 'operator',
  async handle(context, { body }) {
    checkAccess(context);
    const asked = readBody(profileBody, body, () => 'Send {"extension": "102", "profile": "Available"}.');
    await context.commit({ jobs: [job(setProfile, asked, `${asked.extension} ${asked.profile} ${turn(context)}`)] });
    return { status: 202, body: { accepted: true } };
  },
};

export const agentRoutes: readonly Route<Context>[] = [showAgents, askComparison, applyComparison, askProfile];

function checkNamed(
  keys: readonly string[],
  shown: readonly { readonly key: string }[],
  field: 'create' | 'remove',
): void {
  if (keys.every((key) => shown.some((one) => one.key === key))) return;
  throw new PayloadError(`body.${field}: names somebody whom the comparison does not list there`, {
    field: `body.${field}`,
    remedy: `Send keys from "${field === 'create' ? 'onlyInCrm' : 'onlyInThreecx'}" of the comparison.`,
  });
}

function turn({ clock }: Context): number {
  return Math.floor(clock.now() / ONE_CLICK_MS);
}

function checkAccess({ services }: Context): void {
  if (services.pbx.xapi !== undefined) return;
  throw new RefusedError('The hub has no access to the users of 3CX', {
    remedy:
      'Enter the client id and key of the Configuration API in the settings of 3CX; the check-up tells what it can do.',
  });
}
