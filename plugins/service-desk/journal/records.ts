import {
  type EventSubscription,
  type JournalActor,
  type JournalInput,
  type JournalKind,
  type JournalSource,
  on,
  recordCreated,
  recordDeleted,
  recordUpdated,
  type RecordRef,
} from '@switchboard/core/contract';
import { kindOfChange } from '../map.ts';
import { textIn } from '../records/values.ts';
import type { Context } from '../services.ts';

/** What others than the hub do with records in Twenty: people there, imports, workflows, other programs. */

const objects = new Set([
  'serviceCase',
  'malfunction',
  'phoneCall',
  'person',
  'company',
  'location',
  'asset',
  'contract',
]);

/** What changes by itself with everything else says nothing. */
const silent = new Set(['createdAt', 'updatedAt', 'deletedAt', 'updatedBy', 'lastActivityAt', 'position']);

interface Told {
  readonly object: string;
  readonly recordId: string;
  readonly by?: { readonly source: string; readonly memberId: string | null; readonly name: string } | undefined;
  readonly isRecovered?: boolean | undefined;
}

interface Change {
  readonly kind: JournalKind;
  readonly subjects: readonly RecordRef[];
  readonly before: Readonly<Record<string, unknown>>;
  readonly after: Readonly<Record<string, unknown>>;
}

const created = on<Context, typeof recordCreated.payload>(recordCreated, async (context, { payload, occurredAt }) => {
  // Of a call its events tell.
  if (!objects.has(payload.object) || payload.object === 'phoneCall') return;
  const record = await context.crm.get(payload.object, payload.recordId);
  const shown = ['subject', 'title', 'status'].flatMap((field) => {
    const value = record === undefined ? null : textIn(record, field);
    return value === null ? [] : [[field, value] as const];
  });
  const change = {
    kind: 'CREATED',
    subjects: [ownRef(payload)],
    before: {},
    after: Object.fromEntries(shown),
  } as const;
  await context.commit({ journal: [entryOf(payload, 'created', occurredAt, change)] });
});

const updated = on<Context, typeof recordUpdated.payload>(recordUpdated, async (context, { payload, occurredAt }) => {
  const fields = (payload.updatedFields ?? []).filter((field) => !silent.has(field));
  if (!objects.has(payload.object) || fields.length === 0) return;
  const current = payload.after ?? (await context.crm.get(payload.object, payload.recordId)) ?? {};
  const values = (from: Readonly<Record<string, unknown>>) =>
    Object.fromEntries(fields.filter((field) => field in from).map((field) => [field, from[field]]));
  const change = changeOf(payload, fields, values(payload.before ?? {}), values(current));
  await context.commit({ journal: [entryOf(payload, 'updated', occurredAt, change)] });
});

const deleted = on<Context, typeof recordDeleted.payload>(
  recordDeleted,
  async ({ commit }, { payload, occurredAt }) => {
    if (!objects.has(payload.object)) return;
    const change = { kind: 'DELETED', subjects: [ownRef(payload)], before: {}, after: {} } as const;
    await commit({ journal: [entryOf(payload, 'deleted', occurredAt, change)] });
  },
);

export const recordJournal: readonly EventSubscription<Context>[] = [created, updated, deleted];

const ownRef = ({ object, recordId }: Told): RecordRef => ({ object, id: recordId });

/** By which field a record belongs to a case or a malfunction: whose journal then tells of it, too. */
const belongings: Readonly<Record<string, string>> = { serviceCaseId: 'serviceCase', malfunctionId: 'malfunction' };

function changeOf(told: Told, fields: readonly string[], before: Change['before'], after: Change['after']): Change {
  const linked = fields.flatMap((field) => {
    const object = belongings[field];
    if (object === undefined) return [];
    return [before[field], after[field]].flatMap((id) => (typeof id === 'string' && id !== '' ? [{ object, id }] : []));
  });
  const [only = ''] = fields;
  const isLink = fields.length === 1 && belongings[only] !== undefined;
  const kind = isLink ? (after[only] ? 'LINKED' : 'UNLINKED') : kindOfChange(fields);
  return { kind, subjects: [ownRef(told), ...linked], before, after };
}

function entryOf(told: Told, what: 'created' | 'updated' | 'deleted', at: Date, change: Change): JournalInput {
  const { object, recordId, by, isRecovered = false } = told;
  return {
    ...change,
    ...authorOf(by),
    // Webhook, poll and sweep tell the same change with the same moment.
    key: `twenty:${object}/${recordId}/${what}/${at.toISOString()}`,
    at,
    isRecovered,
  };
}

const programs: readonly (readonly [name: RegExp, source: JournalSource])[] = [
  [/zapier/i, 'zapier'],
  [/slack/i, 'slack'],
];

function authorOf(by: Told['by']): { readonly actor: JournalActor; readonly source: JournalSource } {
  if (by === undefined) return { actor: { kind: 'INTEGRATION', name: '' }, source: 'twenty' };
  const { source, memberId, name } = by;
  const isMember = memberId !== null && source !== 'API';
  const actor: JournalActor = isMember ? { kind: 'MEMBER', id: memberId, name } : { kind: 'INTEGRATION', name };
  if (source === 'IMPORT') return { actor, source: 'import' };
  if (source === 'WORKFLOW') return { actor, source: 'automation' };
  if (source !== 'API') return { actor, source: 'twenty' };
  return { actor, source: programs.find(([pattern]) => pattern.test(name))?.[1] ?? 'api' };
}
