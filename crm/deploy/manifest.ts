/** The parts of the SDK's manifest that the deployment and its tests read; the file holds more. */
export type ManifestOption = { readonly id: string; readonly value: string; readonly label: string };

export type ManifestField = {
  readonly universalIdentifier: string;
  readonly type: string;
  readonly name: string;
  readonly label: string;
  readonly isUIEditable?: boolean;
  readonly options?: readonly ManifestOption[] | null;
  readonly objectUniversalIdentifier?: string;
  readonly relationTargetObjectMetadataUniversalIdentifier?: string;
  readonly relationTargetFieldMetadataUniversalIdentifier?: string;
  readonly universalSettings?: { readonly relationType?: string; readonly joinColumnName?: string } | null;
};

export type ManifestObject = {
  readonly universalIdentifier: string;
  readonly nameSingular: string;
  readonly namePlural: string;
  readonly labelSingular: string;
  readonly labelPlural: string;
  readonly labelIdentifierFieldMetadataUniversalIdentifier: string;
  readonly fields: readonly ManifestField[];
};

export type ManifestView = {
  readonly universalIdentifier: string;
  readonly name: string;
  readonly type: string;
  readonly key?: string;
  readonly objectUniversalIdentifier: string;
  readonly mainGroupByFieldMetadataUniversalIdentifier?: string;
  readonly fields?: readonly { readonly fieldMetadataUniversalIdentifier: string; readonly position: number }[];
  readonly groups?: readonly { readonly fieldValue: string; readonly isVisible?: boolean }[];
};

export type ManifestRole = {
  readonly universalIdentifier: string;
  readonly label: string;
  readonly canDestroyAllObjectRecords?: boolean;
  readonly objectPermissions?: readonly {
    readonly objectUniversalIdentifier: string;
    readonly canDestroyObjectRecords?: boolean;
  }[];
};

export type Manifest = {
  readonly application: {
    readonly universalIdentifier: string;
    readonly displayName: string;
    readonly defaultRoleUniversalIdentifier: string;
  };
  readonly objects: readonly ManifestObject[];
  readonly fields: readonly ManifestField[];
  readonly views: readonly ManifestView[];
  readonly viewFields: readonly {
    readonly fieldMetadataUniversalIdentifier: string;
    readonly viewUniversalIdentifier: string;
  }[];
  readonly roles: readonly ManifestRole[];
  readonly frontComponents: readonly {
    readonly universalIdentifier: string;
    readonly name: string;
    /** Below the output folder of the build, and below Twenty's folder of built components. */
    readonly builtComponentPath: string;
    readonly builtComponentChecksum: string;
  }[];
  readonly pageLayoutTabs: readonly {
    readonly universalIdentifier: string;
    readonly pageLayoutUniversalIdentifier: string;
  }[];
  readonly navigationMenuItems: readonly {
    readonly targetObjectUniversalIdentifier?: string;
    readonly viewUniversalIdentifier?: string;
  }[];
  readonly pageLayouts: readonly {
    readonly universalIdentifier: string;
    readonly objectUniversalIdentifier?: string;
  }[];
};
