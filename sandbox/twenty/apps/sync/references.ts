import { readFileSync } from 'node:fs';
import { GraphqlError } from '../../errors.ts';
import type { Model } from '../../types.ts';
import type { Entity, MetadataKind } from '../manifest/entities.ts';

type Reference = { key: string; target: MetadataKind; code: string; message: string };

const OBJECT = { key: 'objectMetadataUniversalIdentifier', target: 'objectMetadata' } as const;
const FIELD = { key: 'fieldMetadataUniversalIdentifier', target: 'fieldMetadata' } as const;
const VIEW = { key: 'viewUniversalIdentifier', target: 'view' } as const;

const onView = [{ ...VIEW, code: 'INVALID_VIEW_DATA', message: 'View not found' }];
const onViewAndField = [...onView, { ...FIELD, code: 'INVALID_VIEW_DATA', message: 'Field metadata not found' }];

/** What an entity points at, with the finding for a target that does not exist. */
const REFERENCES: Partial<Record<MetadataKind, Reference[]>> = {
  fieldMetadata: [
    { ...OBJECT, code: 'OBJECT_METADATA_NOT_FOUND', message: 'Object metadata not found' },
    {
      key: 'relationTargetObjectMetadataUniversalIdentifier',
      target: 'objectMetadata',
      code: 'OBJECT_METADATA_NOT_FOUND',
      message: 'Object metadata relation target not found',
    },
    {
      key: 'relationTargetFieldMetadataUniversalIdentifier',
      target: 'fieldMetadata',
      code: 'FIELD_METADATA_NOT_FOUND',
      message: 'Could not find relation field target metadata',
    },
  ],
  index: [{ ...OBJECT, code: 'OBJECT_METADATA_NOT_FOUND', message: 'Object metadata not found' }],
  view: [{ ...OBJECT, code: 'INVALID_VIEW_DATA', message: 'Object metadata not found' }],
  viewField: [
    ...onViewAndField,
    {
      key: 'viewFieldGroupUniversalIdentifier',
      target: 'viewFieldGroup',
      code: 'INVALID_VIEW_DATA',
      message: 'View field group not found',
    },
  ],
  viewFilter: onViewAndField,
  viewSort: onViewAndField,
  viewGroup: onView,
  viewFieldGroup: onView,
  objectPermission: [{ ...OBJECT, code: 'OBJECT_METADATA_NOT_FOUND', message: 'Object metadata not found' }],
  fieldPermission: [{ ...FIELD, code: 'FIELD_METADATA_NOT_FOUND', message: 'Field metadata not found' }],
  pageLayout: [{ ...OBJECT, code: 'OBJECT_METADATA_NOT_FOUND', message: 'Object metadata not found' }],
  pageLayoutTab: [
    {
      key: 'pageLayoutUniversalIdentifier',
      target: 'pageLayout',
      code: 'PAGE_LAYOUT_NOT_FOUND',
      message: 'Page layout not found',
    },
  ],
  commandMenuItem: [
    {
      key: 'frontComponentUniversalIdentifier',
      target: 'frontComponent',
      code: 'FRONT_COMPONENT_NOT_FOUND',
      message: 'Front component not found',
    },
  ],
};

type StandardEntities = Record<'views' | 'viewFieldGroups' | 'pageLayouts', Record<string, string>>;
const STANDARD = JSON.parse(
  readFileSync(new URL('../../standard-entities.json', import.meta.url), 'utf8'),
) as StandardEntities;

/** Throws METADATA_VALIDATION_FAILED when an entity points at something that neither exists nor comes with it. */
export function checkReferences(entities: readonly Entity[], stored: readonly Entity[], model: Model): void {
  const known = knownTargets([...entities, ...stored], model);
  const failures = entities.flatMap((entity) => {
    const errors = (REFERENCES[entity.kind] ?? [])
      .filter(({ key, target }) => {
        const value = entity.definition[key];
        return typeof value === 'string' && known.get(target)?.has(value) !== true;
      })
      .map(({ code, message }) => ({ code, message, userFriendlyMessage: message }));
    return errors.length === 0 ? [] : [{ entity, errors }];
  });
  if (failures.length > 0) throw validationFailed(failures);
}

function knownTargets(entities: readonly Entity[], model: Model): ReadonlyMap<MetadataKind, Set<string>> {
  const known = new Map<MetadataKind, Set<string>>(
    [...Map.groupBy(entities, (entity) => entity.kind)].map(([kind, group]) => [
      kind,
      new Set(group.map((entity) => entity.universalIdentifier)),
    ]),
  );
  const add = (kind: MetadataKind, identifiers: Iterable<string>): void => {
    known.set(kind, new Set([...(known.get(kind) ?? []), ...identifiers]));
  };
  add(
    'objectMetadata',
    model.objects.map((object) => object.universalIdentifier),
  );
  add(
    'fieldMetadata',
    [...model.fieldById.values()].map((field) => field.universalIdentifier),
  );
  add('view', Object.keys(STANDARD.views));
  add('viewFieldGroup', Object.keys(STANDARD.viewFieldGroups));
  add('pageLayout', Object.keys(STANDARD.pageLayouts));
  return known;
}

type Failure = { entity: Entity; errors: { code: string; message: string; userFriendlyMessage: string }[] };

function validationFailed(failures: readonly Failure[]): GraphqlError {
  const byKind = Map.groupBy(failures, ({ entity }) => entity.kind);
  const counts = [...byKind].map(([kind, group]) => [kind, group.length] as const);
  const only = failures.length === 1 ? failures[0]?.errors[0]?.userFriendlyMessage : undefined;
  return new GraphqlError(
    'Validation errors occurred while syncing application manifest metadata',
    'METADATA_VALIDATION_FAILED',
    {
      userFriendlyMessage: only ?? 'Many validation errors',
      extensions: {
        errors: Object.fromEntries([...byKind].map(([kind, group]) => [kind, group.map(describeFailure)])),
        summary: { totalErrors: failures.length, ...Object.fromEntries(counts) },
        message: `Validation failed for ${counts.map(([kind, count]) => `${count} ${kind}`).join(', ')}`,
      },
    },
  );
}

function describeFailure({ entity, errors }: Failure): object {
  const { universalIdentifier } = entity;
  const { name, title, label } = entity.definition;
  return {
    status: 'fail',
    errors,
    flatEntityMinimalInformation: JSON.parse(JSON.stringify({ universalIdentifier, name, title, label })) as object,
    metadataName: entity.kind,
    type: 'create',
  };
}
