import { describe, expect, test } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { validate, version } from 'uuid';

import { buildManifest, readManifest } from '../deploy/build-manifest.ts';
import type { ManifestField } from '../deploy/manifest.ts';
import { releasedOf } from '../deploy/released.ts';

const manifest = await readManifest();

const ownFields = manifest.objects.flatMap((object) =>
  object.fields.map((field) => ({
    ...field,
    objectUniversalIdentifier: object.universalIdentifier,
    object: object.nameSingular,
  })),
);
const allFields: ManifestField[] = [...ownFields, ...manifest.fields];

/** Every `universalIdentifier` in the manifest, except references to an entity from elsewhere. */
function identifiersIn(value: unknown): string[] {
  if (value === null || typeof value !== 'object') return [];
  const { defaultRoleUniversalIdentifier: _role, ...rest } = value as Record<string, unknown>;
  return Object.entries(rest).flatMap(([key, inner]) =>
    key === 'universalIdentifier' ? [String(inner)] : identifiersIn(inner),
  );
}

describe('identifiers', () => {
  test('are UUIDs of version 4 or 5, because Twenty refuses later ones', () => {
    const odd = identifiersIn(manifest).filter((id) => !validate(id) || ![4, 5].includes(version(id)));
    expect(odd).toEqual([]);
  });

  test('are used once', () => {
    const all = identifiersIn(manifest);
    expect(all.filter((id, index) => all.indexOf(id) !== index)).toEqual([]);
  });

  test('of options are used once, and no field has two options of one value', () => {
    const options = allFields.flatMap((field) => field.options ?? []);
    expect(new Set(options.map((option) => option.id)).size).toBe(options.length);
    const doubled = allFields.filter(
      (field) => new Set(field.options?.map((each) => each.value)).size !== (field.options?.length ?? 0),
    );
    expect(doubled.map((field) => field.name)).toEqual([]);
  });
});

describe('released.json', () => {
  test('lists everything that the manifest has, and the manifest has lost nothing that it lists', async () => {
    const released = await readFile(new URL('../released.json', import.meta.url), 'utf8');
    expect(releasedOf(manifest)).toEqual(JSON.parse(released));
  });
});

describe('fields', () => {
  test('of relations are defined on both sides and agree with each other', () => {
    const byId = new Map(allFields.map((field) => [field.universalIdentifier, field]));
    const lonely = allFields
      .filter((field) => field.type === 'RELATION')
      .filter((field) => {
        const other = byId.get(field.relationTargetFieldMetadataUniversalIdentifier ?? '');
        const types = [field.universalSettings?.relationType, other?.universalSettings?.relationType].toSorted();
        return (
          other?.relationTargetFieldMetadataUniversalIdentifier !== field.universalIdentifier ||
          other.objectUniversalIdentifier !== field.relationTargetObjectMetadataUniversalIdentifier ||
          types.join() !== 'MANY_TO_ONE,ONE_TO_MANY'
        );
      });
    expect(lonely.map((field) => field.name)).toEqual([]);
  });

  test('have names that Twenty 2.21 does not keep for itself, each once per object', () => {
    const reserved = new Set([
      'address',
      'event',
      'field',
      'index',
      'job',
      'link',
      'object',
      'plan',
      'relation',
      'role',
      'search',
      'type',
      'user',
      'workspace',
    ]);
    expect(
      allFields
        .filter((field) => reserved.has(field.name) || reserved.has(field.name.replace(/s$/, '')))
        .map((field) => field.name),
    ).toEqual([]);
    const names = allFields.map((field) => `${field.objectUniversalIdentifier}.${field.name}`);
    expect(new Set(names).size).toBe(names.length);
  });

  test('that the telephone plugin writes are on the call', () => {
    const call = ownFields
      .filter((field) => field.object === 'phoneCall')
      .map((field) => `${field.name} ${field.type}`);
    expect(call).toEqual(
      expect.arrayContaining([
        'externalKey TEXT',
        'direction SELECT',
        'outcome SELECT',
        'startedAt DATE_TIME',
        'endedAt DATE_TIME',
        'durationSeconds NUMBER',
        'phoneNumber TEXT',
        'callerId TEXT',
        'matchState SELECT',
        'candidates RAW_JSON',
        'candidateNames TEXT',
        'transcript RICH_TEXT',
        'sentiment NUMBER',
        'journey RAW_JSON',
        'person RELATION',
        'company RELATION',
        'location RELATION',
      ]),
    );
  });
});

describe('every object of ours', () => {
  test.each(manifest.objects.map((object) => [object.nameSingular, object] as const))(
    '%s can be found in the menu, listed and opened',
    (_name, object) => {
      const id = object.universalIdentifier;
      const tables = manifest.views.filter((view) => view.objectUniversalIdentifier === id && view.type === 'TABLE');
      expect(tables.filter((view) => view.key === 'INDEX')).toHaveLength(1);
      expect(manifest.navigationMenuItems.filter((item) => item.targetObjectUniversalIdentifier === id)).toHaveLength(
        1,
      );
      expect(manifest.pageLayouts.filter((page) => page.objectUniversalIdentifier === id)).toHaveLength(1);
      expect(object.fields.map((field) => field.universalIdentifier)).toContain(
        object.labelIdentifierFieldMetadataUniversalIdentifier,
      );
    },
  );

  test('shows its name first in every list and on every board, as Twenty demands', () => {
    const labels = new Map(
      manifest.objects.map((object) => [
        object.universalIdentifier,
        object.labelIdentifierFieldMetadataUniversalIdentifier,
      ]),
    );
    const lists = manifest.views.filter((view) => view.type !== 'FIELDS_WIDGET');
    const wrong = lists.filter((view) => {
      const first = view.fields?.find((field) => field.position === 0);
      return first?.fieldMetadataUniversalIdentifier !== labels.get(view.objectUniversalIdentifier);
    });
    expect(wrong.map((view) => view.name)).toEqual([]);
  });

  test('shows only fields of its own in its views', () => {
    const owner = new Map(ownFields.map((field) => [field.universalIdentifier, field.objectUniversalIdentifier]));
    const foreign = manifest.views.flatMap((view) =>
      (view.fields ?? [])
        .filter((field) => owner.get(field.fieldMetadataUniversalIdentifier) !== view.objectUniversalIdentifier)
        .map(() => view.name),
    );
    expect(foreign).toEqual([]);
  });
});

test('every object of ours has a timeline, files, notes and tasks, as its record page shows them', () => {
  const ends = manifest.fields.filter((field) => field.type === 'MORPH_RELATION');
  for (const object of manifest.objects) {
    const lists = object.fields.map((field) => field.name);
    expect(lists).toEqual(expect.arrayContaining(['timelineActivities', 'attachments', 'noteTargets', 'taskTargets']));
    const own = ends.filter(
      (end) => end.relationTargetObjectMetadataUniversalIdentifier === object.universalIdentifier,
    );
    expect(new Set(own.map((end) => end.objectUniversalIdentifier)).size).toBe(4);
  }
});

test('boards have a column for every option, and show no more of them than a window of 1600 pixels has room for', () => {
  const boards = manifest.views.filter((view) => view.type === 'KANBAN');
  expect(boards.map((view) => view.name)).toEqual(['By status', 'By status', 'By status']);
  for (const board of boards) {
    const field = allFields.find(
      (each) => each.universalIdentifier === board.mainGroupByFieldMetadataUniversalIdentifier,
    );
    expect(board.groups?.map((group) => group.fieldValue)).toEqual(field?.options?.map((option) => option.value));
    expect(board.groups?.filter((group) => group.isVisible).length).toBeLessThanOrEqual(6);
  }
});

test('every field that is added to a person, a company or a member is shown somewhere, the lists of the members excepted', () => {
  const shown = new Set(manifest.viewFields.map((each) => each.fieldMetadataUniversalIdentifier));
  const hidden = manifest.fields
    .filter((field) => field.type !== 'MORPH_RELATION' && !shown.has(field.universalIdentifier))
    .map((field) => field.name);
  expect(hidden.toSorted()).toEqual([
    'assignedCases',
    'callLists',
    'callTargets',
    'callTargets',
    'callTargets',
    'caseEntries',
    'caseMessages',
    'managedPeople',
    'ownedMalfunctions',
    'phoneCalls',
    'sentCaseMessages',
  ]);
});

test('labels on record pages fit into the column that Twenty 2.21 has for them', () => {
  const boxes = manifest.views.filter((view) => view.type === 'FIELDS_WIDGET').flatMap((view) => view.fields ?? []);
  const shown = new Set([...boxes, ...manifest.viewFields].map((each) => each.fieldMetadataUniversalIdentifier));
  const long = allFields
    .filter((field) => shown.has(field.universalIdentifier) && field.label.length > 13)
    .map((field) => field.label);
  expect(long).toEqual([]);
});

test('what the telephone system measured cannot be changed by hand, what people decide about a call can', () => {
  const call = ownFields.filter((field) => field.object === 'phoneCall' && !field.type.endsWith('RELATION'));
  const open = call.filter((field) => field.isUIEditable !== false).map((field) => field.name);
  expect(open.toSorted()).toEqual(['followedUpAt', 'matchState', 'summary']);
});

describe('roles', () => {
  test('never allow to destroy records', () => {
    for (const role of manifest.roles) {
      expect(role.canDestroyAllObjectRecords).toBe(false);
      expect(role.objectPermissions?.some((permission) => permission.canDestroyObjectRecords)).toBe(false);
    }
  });

  test('keep the journal read-only for people and the messages away from agents', () => {
    const idOf = (name: string) => manifest.objects.find((object) => object.nameSingular === name)?.universalIdentifier;
    const permission = (role: string, object: string) =>
      manifest.roles
        .find((each) => each.label === role)
        ?.objectPermissions?.find((each) => each.objectUniversalIdentifier === idOf(object));
    for (const role of ['Agent', 'Team lead', 'Desk admin']) {
      expect(permission(role, 'caseEntry')).toMatchObject({
        canReadObjectRecords: true,
        canUpdateObjectRecords: false,
        canSoftDeleteObjectRecords: false,
      });
    }
    expect(permission('Agent', 'caseMessage')).toMatchObject({ canReadObjectRecords: false });
  });
});

test('manifest.json is what the sources build, without times or paths of this machine', async () => {
  expect(await buildManifest()).toEqual(manifest);
}, 120_000);
