/** What one role may read, resolved to names. An object that is not listed is not readable. */
export type RoleRights = { readonly label: string; readonly objects: Readonly<Record<string, ObjectRights>> };

export type ObjectRights =
  | {
      /** The fields a member may see, relations by their `xId` column. */
      readonly fields: 'all' | readonly string[];
    }
  | {
      /** Why the hub shows nothing of it although the role may read some of it: one sentence. */
      readonly withheld: string;
    };

export type RoleAnswer = {
  readonly id: string;
  /** The same in every workspace for the roles that Twenty and apps bring. */
  readonly universalIdentifier: string | null;
  readonly label: string;
  readonly description: string | null;
  readonly isEditable: boolean;
  readonly canBeAssignedToUsers: boolean;
  readonly workspaceMembers: readonly MemberAnswer[] | null;
  readonly canReadAllObjectRecords: boolean;
  readonly canUpdateAllObjectRecords: boolean;
  readonly canSoftDeleteAllObjectRecords: boolean;
  readonly canDestroyAllObjectRecords: boolean;
  readonly canUpdateAllSettings: boolean;
  readonly permissionFlags: readonly { readonly flag: string }[] | null;
  readonly objectPermissions:
    | readonly {
        readonly objectMetadataId: string;
        readonly canReadObjectRecords: boolean | null;
        readonly canUpdateObjectRecords: boolean | null;
        readonly canSoftDeleteObjectRecords: boolean | null;
        readonly canDestroyObjectRecords: boolean | null;
      }[]
    | null;
  readonly fieldPermissions:
    | readonly {
        readonly fieldMetadataId: string;
        readonly canReadFieldValue: boolean | null;
        readonly canUpdateFieldValue: boolean | null;
      }[]
    | null;
  /** Absent on servers without rules per record. */
  readonly rowLevelPermissionPredicates?: readonly { readonly objectMetadataId: string }[] | null;
};

export type MemberAnswer = {
  readonly id: string;
  readonly userEmail: string | null;
  readonly name: { readonly firstName: string; readonly lastName: string } | null;
};

/** An object of the workspace as permissions name it. */
export type NamedObject = {
  readonly id: string;
  readonly name: string;
  readonly isSystem: boolean;
  readonly labelFieldId: string | undefined;
  readonly fields: readonly {
    readonly id: string;
    /** One, or the columns of a relation. */
    readonly names: readonly string[];
  }[];
};

/** Nobody but an administrator of workflows sees these, whatever the object permissions say (Twenty 2.21, read). */
const workflowObjects = new Set(['workflow', 'workflowRun', 'workflowVersion']);

/** Who sees a message or an appointment depends on how its mailbox is shared and not only on the role (Twenty 2.21, read). */
const sharedByMailbox = new Set(['message', 'calendarEvent']);

/** What Twenty 2.21 lets the role read; in doubt less. */
export function resolveRights(role: RoleAnswer, objects: readonly NamedObject[]): RoleRights {
  const readable = objects.filter((object) => mayRead(role, object));
  return {
    label: role.label,
    objects: Object.fromEntries(readable.map((object) => [object.name, rightsTo(role, object)])),
  };
}

/** What a role may do with records beside reading them. */
export type RecordChange = 'update' | 'delete' | 'destroy';

/** By object; for administrators to look at, Twenty itself decides. System objects, of which roles say nothing, are left out. */
export function resolveChanges(
  role: RoleAnswer,
  objects: readonly NamedObject[],
): Readonly<Record<string, readonly RecordChange[]>> {
  const changesOf = ({ id }: NamedObject): RecordChange[] => {
    const own = role.objectPermissions?.find(({ objectMetadataId }) => objectMetadataId === id);
    const allowed = {
      update: own?.canUpdateObjectRecords ?? role.canUpdateAllObjectRecords,
      delete: own?.canSoftDeleteObjectRecords ?? role.canSoftDeleteAllObjectRecords,
      destroy: own?.canDestroyObjectRecords ?? role.canDestroyAllObjectRecords,
    };
    return (['update', 'delete', 'destroy'] as const).filter((change) => allowed[change]);
  };
  return Object.fromEntries(
    objects.filter(({ isSystem }) => !isSystem).map((object) => [object.name, changesOf(object)]),
  );
}

/** Fields that the role may not write although it may change records of their object; relations by their `xId` column. */
export function resolveLocked(
  role: RoleAnswer,
  objects: readonly NamedObject[],
): Readonly<Record<string, readonly string[]>> {
  const closed = new Set(
    (role.fieldPermissions ?? [])
      .filter((field) => field.canUpdateFieldValue === false || field.canReadFieldValue === false)
      .map(({ fieldMetadataId }) => fieldMetadataId),
  );
  const locked = objects.map(({ name, fields }): [string, string[]] => [
    name,
    fields.filter(({ id }) => closed.has(id)).flatMap(({ names }) => names),
  ]);
  return Object.fromEntries(locked.filter(([, names]) => names.length > 0));
}

function mayRead(role: RoleAnswer, { id, name, isSystem }: NamedObject): boolean {
  if (workflowObjects.has(name)) {
    return role.canUpdateAllSettings || (role.permissionFlags ?? []).some(({ flag }) => flag === 'WORKFLOWS');
  }
  // Members, attachments, links and timelines cannot be taken away from a role (Twenty 2.21, measured).
  if (isSystem) return true;
  const own = role.objectPermissions?.find(({ objectMetadataId }) => objectMetadataId === id);
  return own?.canReadObjectRecords ?? role.canReadAllObjectRecords;
}

function rightsTo(role: RoleAnswer, object: NamedObject): ObjectRights {
  if (role.rowLevelPermissionPredicates?.some(({ objectMetadataId }) => objectMetadataId === object.id)) {
    return {
      withheld: `The role "${role.label}" sees only some records of ${object.name}, by rules that the hub does not know.`,
    };
  }
  if (sharedByMailbox.has(object.name)) {
    return { withheld: `Who sees a ${object.name} depends on how its mailbox is shared.` };
  }
  const hidden = new Set(
    (role.fieldPermissions ?? [])
      .filter(({ canReadFieldValue }) => canReadFieldValue === false)
      .map(({ fieldMetadataId }) => fieldMetadataId),
  );
  const visible = object.fields.filter(({ id }) => !hidden.has(id) || id === object.labelFieldId);
  if (visible.length === object.fields.length) return { fields: 'all' };
  return { fields: visible.flatMap(({ names }) => names) };
}
