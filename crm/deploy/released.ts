import type { Manifest, ManifestField } from './manifest.ts';

/** A field as it was shipped. Its type can never change (Twenty ignores that silently) and no option may go (its value would vanish from all rows). */
export type ReleasedField = { readonly id: string; readonly type: string; readonly options?: readonly string[] };

/** Everything whose loss would destroy data or assignments in workspaces that have the application. */
export interface Released {
  readonly application: string;
  /** Singular name to identifier. */
  readonly objects: Readonly<Record<string, string>>;
  /** `object.field`, with the standard objects' names for fields on them. */
  readonly fields: Readonly<Record<string, ReleasedField>>;
  readonly roles: Readonly<Record<string, string>>;
}

export const NOTHING_RELEASED: Released = { application: '', objects: {}, fields: {}, roles: {} };

/** Twenty's own objects that our fields sit on. */
const STANDARD_NAMES: Readonly<Record<string, string>> = {
  '20202020-b374-4779-a561-80086cb2e17f': 'company',
  '20202020-e674-48e5-a542-72570eee7213': 'person',
  '20202020-3319-4234-a34c-82d5c0e881a6': 'workspaceMember',
  '20202020-6736-4337-b5c4-8b39fae325a5': 'timelineActivity',
  '20202020-bd3d-4c60-8dca-571c71d4447a': 'attachment',
  '20202020-fff0-4b44-be82-bda313884400': 'noteTarget',
  '20202020-5a9a-44e8-95df-771cd06d0fb1': 'taskTarget',
};

const released = (field: ManifestField): ReleasedField => ({
  id: field.universalIdentifier,
  type: field.type,
  ...(field.options ? { options: field.options.map((option) => option.value) } : {}),
});

export function releasedOf(manifest: Manifest): Released {
  const own = manifest.objects.flatMap((object) =>
    object.fields.map((field) => [`${object.nameSingular}.${field.name}`, released(field)] as const),
  );
  const added = manifest.fields.map((field) => {
    const owner = field.objectUniversalIdentifier ?? '';
    return [`${STANDARD_NAMES[owner] ?? owner}.${field.name}`, released(field)] as const;
  });
  return {
    application: manifest.application.universalIdentifier,
    objects: sorted(manifest.objects.map((object) => [object.nameSingular, object.universalIdentifier])),
    fields: sorted([...own, ...added]),
    roles: sorted(manifest.roles.map((role) => [role.label, role.universalIdentifier])),
  };
}

/** The union: entries that were released keep their identifiers and types, options are only added. */
export function withReleased(before: Released, now: Released): Released {
  const fields = Object.entries({ ...now.fields, ...before.fields }).map(([name, field]) => {
    const options = [...new Set([...(field.options ?? []), ...(now.fields[name]?.options ?? [])])];
    return [name, { ...field, ...(options.length > 0 ? { options } : {}) }] as const;
  });
  return {
    application: before.application || now.application,
    objects: sorted(Object.entries({ ...now.objects, ...before.objects })),
    fields: sorted(fields),
    roles: sorted(Object.entries({ ...now.roles, ...before.roles })),
  };
}

/** The text of `released.json` after this manifest: what it held stays in it. */
export function renderReleased(current: string, manifest: Manifest): string {
  const before = current === '' ? NOTHING_RELEASED : (JSON.parse(current) as Released);
  return `${JSON.stringify(withReleased(before, releasedOf(manifest)), null, 2)}\n`;
}

const sorted = <T>(entries: readonly (readonly [string, T])[]): Record<string, T> =>
  Object.fromEntries([...entries].toSorted(([a], [b]) => (a < b ? -1 : 1)));
