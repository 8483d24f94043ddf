/** Kinds of metadata an application brings, in the order in which they can be created. */
export const METADATA_KINDS = [
  'objectMetadata',
  'fieldMetadata',
  'index',
  'view',
  'viewFieldGroup',
  'viewField',
  'viewFilterGroup',
  'viewFilter',
  'viewGroup',
  'viewSort',
  'permissionFlag',
  'role',
  'objectPermission',
  'fieldPermission',
  'rolePermissionFlag',
  'frontComponent',
  'logicFunction',
  'skill',
  'agent',
  'pageLayout',
  'pageLayoutTab',
  'pageLayoutWidget',
  'navigationMenuItem',
  'commandMenuItem',
] as const;

export type MetadataKind = (typeof METADATA_KINDS)[number];

/** One piece of metadata, with identifiers instead of ids, so that it is the same in every workspace. */
export type Entity = {
  kind: MetadataKind;
  universalIdentifier: string;
  definition: Readonly<Record<string, unknown>>;
};

/** A text of a definition whose shape the manifest fixes. */
export function textOf(entity: Entity, key: string): string {
  const value = entity.definition[key];
  if (typeof value !== 'string') {
    throw new Error(`${entity.kind} ${entity.universalIdentifier} has no ${key}`);
  }
  return value;
}
