import { readFileSync } from 'node:fs';
import type { Change } from '../../metadata/change.ts';
import {
  deleteRole,
  replaceObjectPermissions,
  replacePermissionFlags,
  updateRole,
  upsertFieldPermissions,
} from '../../roles/role-store.ts';
import type { RoleDefinition } from '../../roles/roles.ts';
import { insertRole } from '../../roles/standard-roles.ts';
import { textOf, type Entity } from '../manifest/entities.ts';
import { findObject } from './apply-objects.ts';
import type { EntityChange } from './diff.ts';

const { permissionFlags: FLAGS } = JSON.parse(
  readFileSync(new URL('../../standard-entities.json', import.meta.url), 'utf8'),
) as { permissionFlags: Record<string, string> };

export async function applyRole(change: Change, applicationId: string, role: EntityChange): Promise<void> {
  const { workspace } = change.model();
  if (role.type === 'create') {
    const definition = role.after.definition as unknown as RoleDefinition;
    await insertRole(change.tx, workspace.id, definition, role.after.universalIdentifier, applicationId);
    return;
  }
  const id = await roleId(change, role.before.universalIdentifier);
  if (id === undefined) return;
  if (role.type === 'update') await updateRole(change.tx, id, role.after.definition);
  else await deleteRole(change.tx, id, String(workspace.settings['defaultRoleId']));
}

/** Sets what every role of the application may do, once all objects and fields exist. */
export async function applyPermissions(change: Change, entities: readonly Entity[]): Promise<void> {
  for (const role of entities.filter((entity) => entity.kind === 'role')) {
    const id = await roleId(change, role.universalIdentifier);
    if (id === undefined) continue;
    const own = entities.filter((entity) => entity.definition['roleUniversalIdentifier'] === role.universalIdentifier);
    await replaceObjectPermissions(
      change.tx,
      id,
      own.filter(is('objectPermission')).map((entity) => ({
        ...entity.definition,
        objectMetadataId: objectIdOf(change, entity),
      })),
    );
    await change.tx.query('delete from field_permission where role_id = $1', [id]);
    await upsertFieldPermissions(
      change.tx,
      id,
      own.filter(is('fieldPermission')).map((entity) => ({
        ...entity.definition,
        objectMetadataId: objectIdOf(change, entity),
        fieldMetadataId: fieldIdOf(change, entity),
      })),
    );
    const flags = own
      .filter(is('rolePermissionFlag'))
      .map((entity) => textOf(entity, 'permissionFlagUniversalIdentifier'));
    await replacePermissionFlags(
      change.tx,
      id,
      flags.flatMap((flag) => FLAGS[flag] ?? []),
    );
  }
}

export async function roleId(change: Change, universalIdentifier: string): Promise<string | undefined> {
  const { rows } = await change.tx.query<{ id: string }>(
    'select id from role where workspace_id = $1 and universal_identifier::text = $2',
    [change.model().workspace.id, universalIdentifier],
  );
  return rows[0]?.id;
}

const is = (kind: Entity['kind']) => (entity: Entity) => entity.kind === kind;

function objectIdOf(change: Change, entity: Entity): string {
  const object = findObject(change, textOf(entity, 'objectMetadataUniversalIdentifier'));
  if (object === undefined) throw new Error(`The permission ${entity.universalIdentifier} is for no object`);
  return object.id;
}

function fieldIdOf(change: Change, entity: Entity): string {
  const identifier = textOf(entity, 'fieldMetadataUniversalIdentifier');
  const field = [...change.model().fieldById.values()].find(
    (candidate) => candidate.universalIdentifier === identifier,
  );
  if (field === undefined) throw new Error(`The permission ${entity.universalIdentifier} is for no field`);
  return field.id;
}
