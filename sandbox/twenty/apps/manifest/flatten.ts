import type { Entity, MetadataKind } from './entities.ts';
import { flattenData } from './flatten-data.ts';
import { flattenPages } from './flatten-pages.ts';
import { flattenRoles } from './flatten-roles.ts';
import { flattenViews } from './flatten-views.ts';
import type { Manifest } from './manifest.ts';

/** Everything a manifest asks for, one entity each, with the defaults Twenty fills in. */
export function flatten(manifest: Manifest): Entity[] {
  return [
    ...flattenData(manifest),
    ...flattenViews(manifest),
    ...flattenRoles(manifest),
    ...plain('frontComponent', manifest.frontComponents),
    ...plain('logicFunction', manifest.logicFunctions),
    ...plain('skill', manifest.skills),
    ...plain('agent', manifest.agents),
    ...plain('permissionFlag', manifest.permissionFlags),
    ...flattenPages(manifest),
  ];
}

function plain(
  kind: MetadataKind,
  items: readonly ({ universalIdentifier: string } & Record<string, unknown>)[] = [],
): Entity[] {
  return items.map((item) => ({ kind, universalIdentifier: item.universalIdentifier, definition: item }));
}
