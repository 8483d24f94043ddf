/** The manifest that twenty-sdk builds from an application's source, as far as the stand-in reads it. */

type Entity = { universalIdentifier: string };
type Loose = Entity & Record<string, unknown>;

export type FieldManifest = Loose & {
  type: string;
  name: string;
  label: string;
  universalSettings?: Record<string, unknown>;
  relationTargetFieldMetadataUniversalIdentifier?: string;
  relationTargetObjectMetadataUniversalIdentifier?: string;
};

export type ObjectManifest = Loose & { nameSingular: string; fields: FieldManifest[] };
export type IndexManifest = Loose & { objectUniversalIdentifier: string; fields: Loose[] };
export type ViewManifest = Loose & {
  objectUniversalIdentifier: string;
  fields?: Loose[];
  filters?: Loose[];
  filterGroups?: Loose[];
  groups?: Loose[];
  fieldGroups?: Loose[];
  sorts?: Loose[];
};
export type PageLayoutTabManifest = Loose & { widgets?: Loose[] };
export type PageLayoutManifest = Loose & { tabs?: PageLayoutTabManifest[] };
export type RoleManifest = Loose & {
  label: string;
  objectPermissions?: Loose[];
  fieldPermissions?: Loose[];
  permissionFlagUniversalIdentifiers?: string[];
};

export type Manifest = {
  application: Entity & {
    displayName: string;
    description?: string;
    defaultRoleUniversalIdentifier?: string;
    packageJsonChecksum?: string | null;
  };
  objects?: ObjectManifest[];
  fields?: (FieldManifest & { objectUniversalIdentifier: string })[];
  indexes?: IndexManifest[];
  roles?: RoleManifest[];
  views?: ViewManifest[];
  viewFields?: (Loose & { viewUniversalIdentifier: string })[];
  pageLayouts?: PageLayoutManifest[];
  pageLayoutTabs?: (PageLayoutTabManifest & { pageLayoutUniversalIdentifier: string })[];
  navigationMenuItems?: Loose[];
  frontComponents?: Loose[];
  commandMenuItems?: Loose[];
  logicFunctions?: Loose[];
  skills?: Loose[];
  agents?: Loose[];
  permissionFlags?: Loose[];
};
