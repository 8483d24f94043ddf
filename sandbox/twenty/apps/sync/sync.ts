import type { Change } from '../../metadata/change.ts';
import { changeMetadata } from '../../metadata/change.ts';
import type { Server } from '../../server.ts';
import type { Application } from '../applications.ts';
import { updateApplication } from '../applications.ts';
import { deleteEntities, listEntities, saveEntities } from '../entity-store.ts';
import type { Entity } from '../manifest/entities.ts';
import { flatten } from '../manifest/flatten.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { applyField } from './apply-fields.ts';
import { applyIndex } from './apply-indexes.ts';
import { applyLabelIdentifier, applyObject } from './apply-objects.ts';
import { applyPermissions, applyRole, roleId } from './apply-roles.ts';
import { diff, type EntityChange } from './diff.ts';
import { checkReferences } from './references.ts';

/** What a sync would do. Throws METADATA_VALIDATION_FAILED for a manifest that cannot be applied. */
export async function planSync(
  server: Server,
  workspaceId: string,
  application: Application | undefined,
  manifest: Manifest,
): Promise<EntityChange[]> {
  const wanted = flatten(manifest);
  const all = await listEntities(server.store, workspaceId);
  checkReferences(wanted, all, await server.models.get(workspaceId));
  const own = application === undefined ? [] : all.filter((entity) => entity.applicationId === application.id);
  return diff(own, wanted);
}

/** Brings the workspace to what the manifest says, all of it or nothing, and answers what changed. */
export async function applySync(
  server: Server,
  application: Application,
  manifest: Manifest,
  version: string | null,
): Promise<EntityChange[]> {
  const changes = await planSync(server, application.workspaceId, application, manifest);
  const wanted = flatten(manifest);
  await migrate(server, application, changes, wanted, async (change) => {
    const { displayName, description, defaultRoleUniversalIdentifier, packageJsonChecksum } = manifest.application;
    const defaultRole = defaultRoleUniversalIdentifier ?? '';
    await updateApplication(change.tx, application.id, displayName, {
      description: description ?? null,
      version,
      defaultRoleId: (await roleId(change, defaultRole)) ?? null,
      packageJsonChecksum: packageJsonChecksum ?? null,
    });
  });
  return changes;
}

/** Removes everything the application brought, with the data, and the application itself. */
export async function removeApplication(server: Server, application: Application): Promise<void> {
  const own = (await listEntities(server.store, application.workspaceId)).filter(
    (entity) => entity.applicationId === application.id,
  );
  await migrate(server, application, diff(own, []), [], async ({ tx }) => {
    await tx.query('delete from application where id = $1', [application.id]);
  });
}

async function migrate(
  server: Server,
  application: Application,
  changes: readonly EntityChange[],
  wanted: readonly Entity[],
  finish: (change: Change) => Promise<void>,
): Promise<void> {
  const gone = changes.flatMap((change) => (change.type === 'delete' ? [change.before] : []));
  const kept = changes.flatMap((change) => (change.type === 'delete' ? [] : [storedForm(change.after)]));
  const needed = changes.filter((change) => change.type !== 'delete' || !goesWithItsObject(change.before, gone));
  try {
    await changeMetadata(server, application.workspaceId, async (change) => {
      for (const step of needed) await applyStep(change, application, step, wanted);
      for (const entity of wanted) if (entity.kind === 'objectMetadata') await applyLabelIdentifier(change, entity);
      if (changes.some(isAboutRoles)) await applyPermissions(change, wanted);
      await deleteEntities(change.tx, application.workspaceId, gone);
      await saveEntities(change.tx, application, kept);
      await finish(change);
    });
  } finally {
    server.roles.invalidate(application.workspaceId);
  }
}

async function applyStep(
  change: Change,
  application: Application,
  step: EntityChange,
  wanted: readonly Entity[],
): Promise<void> {
  const fields = wanted.filter((entity) => entity.kind === 'fieldMetadata');
  const kind = kindOf(step);
  if (kind === 'objectMetadata') await applyObject(change, application.id, step, fields);
  if (kind === 'fieldMetadata') await applyField(change, application.id, step, fields);
  if (kind === 'index') await applyIndex(change, application.id, step);
  if (kind === 'role') await applyRole(change, application.id, step);
}

/** Dropping the table of an object drops its fields and indexes too. */
function goesWithItsObject(entity: Entity, gone: readonly Entity[]): boolean {
  if (entity.kind !== 'fieldMetadata' && entity.kind !== 'index') return false;
  const object = entity.definition['objectMetadataUniversalIdentifier'];
  return gone.some((other) => other.kind === 'objectMetadata' && other.universalIdentifier === object);
}

/**
 * A FIELDS widget without `viewUniversalIdentifier` is stored with null, so that it differs from its manifest for ever
 * (Twenty 2.21, measured).
 */
function storedForm(entity: Entity): Entity {
  const configuration = entity.definition['universalConfiguration'] as { configurationType?: string } | undefined;
  if (entity.kind !== 'pageLayoutWidget' || configuration?.configurationType !== 'FIELDS') return entity;
  const universalConfiguration = { viewUniversalIdentifier: null, ...configuration };
  return { ...entity, definition: { ...entity.definition, universalConfiguration } };
}

const ROLE_KINDS: readonly Entity['kind'][] = ['role', 'objectPermission', 'fieldPermission', 'rolePermissionFlag'];

function isAboutRoles(change: EntityChange): boolean {
  return ROLE_KINDS.includes(kindOf(change));
}

function kindOf(change: EntityChange): Entity['kind'] {
  return change.type === 'delete' ? change.before.kind : change.after.kind;
}
