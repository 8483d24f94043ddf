import { lanes, openJobStates } from '@switchboard/queue';
import { z } from 'zod';
import { connectSteps } from '../../admin/connecting.ts';

/** The shapes of the API, for its checks and its description. Times are ISO 8601 in UTC. */

export const time = z.date().meta({ type: 'string', format: 'date-time' });

export const tenantPath = z.object({
  tenant: z.string().meta({ description: 'Slug or id of the tenant.', example: 'demo' }),
});

export const sessionSchema = z
  .object({
    id: z.uuid(),
    createdAt: time,
    seenAt: time,
    expiresAt: time,
    address: z.string(),
    userAgent: z.string(),
  })
  .meta({ id: 'Session', description: 'A browser in which a member is signed in.' });

export const departureSchema = z.object({
  location: z.url().meta({ description: 'Where the browser has to go, to confirm it at Twenty.' }),
});

/** A page of the console to come back to; anything else becomes its first page. */
export const returnTo = z.string().max(500).default('/console');

export const tenantSchema = z
  .object({
    id: z.uuid(),
    slug: z.string(),
    name: z.string(),
    country: z
      .string()
      .meta({ description: 'ISO 3166-1 alpha-2: the country in which national phone numbers are read.' }),
    timeZone: z.string(),
    locale: z.string(),
    crmUrl: z.string().optional(),
    state: z.enum(['active', 'suspended']),
    createdAt: time,
  })
  .meta({ id: 'Tenant' });

export const checkLineSchema = z
  .object({
    name: z.string(),
    state: z.enum(['ok', 'warning', 'failed', 'off']),
    detail: z.string(),
    remedy: z.string().optional(),
    code: z.string().optional().meta({
      description:
        'Which finding this is, for whoever has words of his own for it. Missing where only the sentence is known.',
    }),
    values: z
      .record(z.string(), z.union([z.string(), z.number()]))
      .optional()
      .meta({ description: 'What the sentence names: addresses, dates, counts.' }),
  })
  .meta({ id: 'CheckLine' });

export const checkSchema = z.object({ ok: z.boolean(), lines: z.array(checkLineSchema) });

export const connectingSchema = z.object({
  connecting: z
    .object({
      state: z
        .enum(['under-way', 'ended', 'interrupted'])
        .meta({ description: '`interrupted`: the process that was at it has died.' }),
      startedAt: time,
      steps: z.array(
        z.object({
          step: z.enum(connectSteps),
          state: z.enum(['waiting', 'under-way', 'ok', 'warning', 'failed', 'off']),
          lines: z.array(checkLineSchema),
        }),
      ),
      copy: z.object({
        state: z.enum(['waiting', 'under-way', 'whole', 'stuck']),
        copied: z.number().int(),
        total: z.number().int(),
        problem: z.object({ message: z.string(), remedy: z.string().optional() }).optional(),
      }),
    })
    .nullable()
    .meta({ description: 'Null before the first attempt.' }),
});

export const pluginSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    summary: z.string(),
    state: z.enum(['enabled', 'paused', 'disabled', 'broken']),
    detail: z.string(),
    config: z.record(z.string(), z.unknown()),
    secrets: z.array(z.string()).meta({ description: 'Names of the secrets that are set; values are never shown.' }),
    settings: z.record(z.string(), z.unknown()).meta({
      description: 'JSON Schema of `config`, as it is given: a form can be drawn from it. Secrets are marked `secret`.',
    }),
  })
  .meta({ id: 'Plugin' });

export const deliverySchema = z
  .object({
    id: z.uuid(),
    pluginId: z.string(),
    direction: z.enum(['in', 'out']),
    kind: z.string(),
    result: z.enum(['waiting', 'done', 'ignored', 'rejected', 'failed']),
    summary: z.string(),
    errorCode: z.string().nullable(),
    remedy: z.string().nullable(),
    recordId: z.uuid().nullable(),
    createdAt: time,
    updatedAt: time,
  })
  .meta({ id: 'Delivery' });

export const deadLetterSchema = z
  .object({
    id: z.string(),
    type: z.string(),
    owner: z.string(),
    attempts: z.number(),
    errorCode: z.string(),
    errorMessage: z.string(),
    remedy: z.string().nullable(),
    payload: z.unknown().meta({ description: 'What the job was given.' }),
    firstStartedAt: time,
    diedAt: time,
  })
  .meta({ id: 'DeadLetter' });

export const jobSchema = z
  .object({
    id: z.uuid(),
    type: z.string(),
    owner: z.string().meta({ description: 'The plugin that does the work, or `core`.' }),
    lane: z.enum(lanes),
    state: z.enum(openJobStates).meta({
      description:
        '`retrying`: its last run failed, it runs again at `runAt`; `scheduled`: not due before `runAt`; `waiting`: due since `runAt`.',
    }),
    isPaused: z.boolean().meta({ description: 'Its plugin is paused: it waits until that ends.' }),
    attempts: z.number().int(),
    maxAttempts: z.number().int(),
    createdAt: time,
    runAt: time,
    startedAt: time.nullable().meta({ description: 'Of the run that is under way.' }),
    errorMessage: z.string().nullable().meta({ description: 'Of the last failure.' }),
    remedy: z.string().nullable(),
  })
  .meta({ id: 'Job', description: 'Work that is neither over nor given up. What it was given is not told.' });

export const laneSchema = z
  .object({
    lane: z.enum(lanes),
    running: z.number().int(),
    waiting: z.number().int(),
    retrying: z.number().int(),
    scheduled: z.number().int(),
  })
  .meta({ id: 'Lane', description: 'Jobs of one lane, counted up to its oldest 10,000.' });

export const parkedSchema = z
  .object({
    id: z.number(),
    object: z.string(),
    recordId: z.uuid(),
    fieldNames: z.array(z.string()),
    code: z.string(),
    message: z.string(),
    remedy: z.string().optional(),
    stagedAt: time,
    parkedAt: time,
  })
  .meta({ id: 'ParkedWrite', description: 'A CRM write that Twenty refused, or that the gateway keeps back.' });

export const workSchema = z
  .object({
    waiting: z.number().int(),
    running: z.number().int(),
    dead: z.number().int().meta({ description: 'Jobs that gave up. This and the other counts stop at 10,000.' }),
    oldestDueSeconds: z.number(),
    parked: z.number().int().meta({ description: 'CRM writes that Twenty refused.' }),
    plugins: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        state: z.enum(['enabled', 'paused', 'disabled']),
        detail: z.string(),
        link: z.enum(['open', 'closed', 'none']).meta({ description: 'Its live link; `none` where it needs none.' }),
      }),
    ),
    hours: z
      .array(z.object({ hour: time, pluginId: z.string(), count: z.number().int(), failed: z.number().int() }))
      .meta({ description: 'Deliveries of the last 24 hours, oldest first.' }),
  })
  .meta({ id: 'Work' });

export const auditSchema = z
  .object({
    sequence: z.number(),
    at: time,
    actor: z.string(),
    action: z.string(),
    subject: z.string(),
    details: z.record(z.string(), z.unknown()),
    hash: z.string(),
  })
  .meta({ id: 'AuditEntry' });

export const countSchema = z.object({ count: z.number().int() });

/** Query parameters are text; a page has at most 500 lines. */
export const limitParameter = z.coerce.number().int().min(1).max(500).default(50);

export function toCheck(lines: readonly z.output<typeof checkLineSchema>[]) {
  return { ok: lines.every((line) => line.state !== 'failed'), lines };
}
