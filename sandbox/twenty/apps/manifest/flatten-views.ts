import type { Entity, MetadataKind } from './entities.ts';
import type { Manifest, ViewManifest } from './manifest.ts';

type Part = { universalIdentifier: string } & Record<string, unknown>;

const PARTS = [
  ['viewFieldGroup', 'fieldGroups'],
  ['viewField', 'fields'],
  ['viewFilterGroup', 'filterGroups'],
  ['viewFilter', 'filters'],
  ['viewGroup', 'groups'],
  ['viewSort', 'sorts'],
] as const satisfies readonly (readonly [MetadataKind, keyof ViewManifest])[];

const VIEW_FIELD_DEFAULTS = {
  viewFieldGroupUniversalIdentifier: null,
  isVisible: true,
  size: 0,
  aggregateOperation: null,
};

/** Views with their parts, and fields added to views that exist. */
export function flattenViews(manifest: Manifest): Entity[] {
  return [
    ...(manifest.views ?? []).flatMap((view) => [viewEntity(view), ...viewParts(view)]),
    ...(manifest.viewFields ?? []).map((field) => partEntity('viewField', field, field.viewUniversalIdentifier)),
  ];
}

function viewEntity(view: ViewManifest): Entity {
  const {
    objectUniversalIdentifier,
    fields: _f,
    filters: _i,
    filterGroups: _fg,
    groups: _g,
    fieldGroups: _d,
    sorts: _s,
    ...own
  } = view;
  return {
    kind: 'view',
    universalIdentifier: view.universalIdentifier,
    definition: {
      type: 'TABLE',
      icon: 'IconList',
      position: 0,
      isCompact: false,
      visibility: 'WORKSPACE',
      openRecordIn: 'SIDE_PANEL',
      key: null,
      mainGroupByFieldMetadataUniversalIdentifier: null,
      ...own,
      objectMetadataUniversalIdentifier: objectUniversalIdentifier,
    },
  };
}

function viewParts(view: ViewManifest): Entity[] {
  return PARTS.flatMap(([kind, list]) =>
    (view[list] ?? []).map((part) => partEntity(kind, part, view.universalIdentifier)),
  );
}

function partEntity(kind: MetadataKind, part: Part, viewUniversalIdentifier: string): Entity {
  const defaults = kind === 'viewField' ? VIEW_FIELD_DEFAULTS : {};
  return {
    kind,
    universalIdentifier: part.universalIdentifier,
    definition: { ...defaults, ...part, viewUniversalIdentifier },
  };
}
