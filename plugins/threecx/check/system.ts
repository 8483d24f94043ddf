import { type CheckLine, SwitchboardError, UpstreamError } from '@switchboard/core/contract';
import { z } from 'zod';
import { NotPermittedError } from '../client/errors.ts';
import type { Xapi } from '../client/xapi.ts';
import { failed, type Missing, probe } from './probe.ts';

/** What is known of the PBX; nothing where it did not tell. */
export type Facts = { readonly isEnterprise?: boolean; readonly product?: string };

const text = z.string().nullish();
const flag = z.boolean().nullish();

const parameters = z.object({
  Version: z.string(),
  License: z.object({
    ProductCode: text,
    IsEnterprise: flag,
    IsMaintainceExpired: flag,
    MaxSimCalls: z.number().nullish(),
  }),
});
const status = z.object({ LicenseActive: flag, RecordingStopped: flag, RecordingQuotaReached: flag });

export type System = { readonly isReachable: boolean; readonly lines: CheckLine[]; readonly facts: Facts };

/** Whether the Configuration API answers at all, and what the PBX says of itself: version, licence, room for recordings. */
export async function checkSystem(xapi: Xapi, signal: AbortSignal): Promise<System> {
  const name = 'Configuration API';
  try {
    await xapi.get('/Defs?$select=Id', signal);
  } catch (error) {
    if (error instanceof NotPermittedError)
      return { isReachable: false, facts: {}, lines: [{ name, ...withoutScope }] };
    if (error instanceof SwitchboardError) return { isReachable: false, facts: {}, lines: [failed(name, error)] };
    throw error;
  }
  const read = await readParameters(xapi, signal);
  const { url } = xapi.session;
  const seen = { code: 'threecx.answers', values: { url }, detail: `3CX answers at ${url}.` };
  const answers: CheckLine = { name, state: 'ok', ...seen };
  return {
    isReachable: true,
    facts: read.facts,
    lines: [answers, ...read.lines, ...(await checkRoom(xapi, signal))],
  };
}

const withoutScope = {
  state: 'off',
  code: 'threecx.sync-closed',
  detail: 'The client may not use it: there is no call log, there are no recordings and no synchronisation of agents.',
  remedy:
    'Tick "3CX Configuration API" for the client in 3CX, and give it a department of its own: in "System Wide" its role is that of a user.',
} as const;

async function readParameters(xapi: Xapi, signal: AbortSignal): Promise<{ facts: Facts; lines: CheckLine[] }> {
  let facts: Facts = {};
  const lines = await probe('Version', noParameters, async () => {
    const { Version, License } = understood(parameters, await xapi.get('/Defs/Pbx.GetSystemParameters()', signal));
    const product = License.ProductCode ?? '';
    facts = { product, ...(typeof License.IsEnterprise === 'boolean' ? { isEnterprise: License.IsEnterprise } : {}) };
    return [versionLine(Version), licenceLine(facts, License.IsMaintainceExpired === true, License.MaxSimCalls ?? 0)];
  });
  return { facts, lines };
}

const noParameters: Missing = {
  code: 'threecx.system-closed',
  detail: 'The client may not read the version and the licence.',
  remedy: 'Give the client the role System Owner in a department of its own, not in "System Wide".',
};

/** What the hub uses and older builds do not have, by the build of 20.0 that brought it. */
const brought = [
  [6, 'ids in the call log that stay the same'],
  [7, 'the sign that the call log has news, so it is read once a minute'],
  [10, 'the setting that forbids recordings of an extension'],
] as const;

function versionLine(version: string): CheckLine {
  const name = 'Version';
  const [, build] = /^20\.0\.(\d+)/.exec(version) ?? [];
  if (build === undefined) {
    return {
      name,
      state: 'warning',
      code: 'threecx.version-other',
      values: { version },
      detail: `3CX ${version} is not 20.0; the hub knows the interfaces of 3CX V20.`,
      remedy: 'Make a test call and see whether it appears; below V20 update 3CX.',
    };
  }
  const missing = brought.filter(([since]) => Number(build) < since).map(([, what]) => what);
  if (missing.length === 0) {
    return { name, state: 'ok', code: 'threecx.version', values: { version }, detail: `3CX ${version}.` };
  }
  const detail = `3CX ${version} does not have: ${missing.join('; ')}. Everything else works.`;
  const older = { code: 'threecx.version-old', values: { version, missing: missing.join('; ') } };
  return { name, state: 'off', ...older, detail, remedy: 'Update 3CX to 20.0.10 or newer.' };
}

function licenceLine({ isEnterprise, product }: Facts, isExpired: boolean, calls: number): CheckLine {
  const name = 'Licence';
  if (isEnterprise === false) return { name, state: 'off', ...withoutEnterprise(product) };
  if (isExpired) {
    return {
      name,
      state: 'warning',
      code: 'threecx.licence-expired',
      values: { product: product ?? '' },
      detail: `The maintenance of licence ${product} has expired.`,
      remedy: 'Renew it at 3CX before the interfaces are switched off.',
    };
  }
  const held = { code: 'threecx.licence', values: { product: product ?? '', calls } };
  return { name, state: 'ok', ...held, detail: `${product}, ${calls} simultaneous calls.` };
}

/** What 3CX refuses means another thing where the licence forbids it to everybody. */
export function whyMissing({ isEnterprise, product }: Facts, otherwise: Missing): Missing {
  return isEnterprise === false ? withoutEnterprise(product) : otherwise;
}

function withoutEnterprise(product = ''): Missing {
  return {
    code: 'threecx.no-enterprise',
    values: { product },
    detail: `The licence ${product} is no Enterprise licence, which 3CX demands for its interfaces. The template works without it.`,
    remedy: 'Get an Enterprise licence from 3CX; nothing has to be changed in the hub then.',
  };
}

async function checkRoom(xapi: Xapi, signal: AbortSignal): Promise<CheckLine[]> {
  const name = 'Room for recordings';
  return await probe(name, noParameters, async () => {
    const { LicenseActive, RecordingStopped, RecordingQuotaReached } = understood(
      status,
      await xapi.get('/SystemStatus', signal),
    );
    if (LicenseActive === false) {
      const dead = { code: 'threecx.licence-inactive', detail: 'The licence is not active.' };
      return [{ name, state: 'warning', ...dead, remedy: 'Activate it in 3CX.' }];
    }
    if (RecordingStopped !== true && RecordingQuotaReached !== true)
      return [{ name, state: 'ok', code: 'threecx.room', detail: '3CX has room for recordings.' }];
    return [
      {
        name,
        state: 'warning',
        code: 'threecx.room-full',
        detail: 'The quota for recordings is used up: 3CX records nothing any more.',
        remedy: 'Raise the quota or delete recordings in 3CX under Recordings.',
      },
    ];
  });
}

/** @throws UpstreamError for what 3CX never answers according to its description */
export function understood<S extends z.ZodType>(schema: S, answer: unknown): z.output<S> {
  const { data } = schema.safeParse(answer);
  if (data !== undefined) return data;
  throw new UpstreamError('3CX answered something that the hub does not understand', {
    remedy: 'See whether another system answers at the address of the PBX.',
  });
}
