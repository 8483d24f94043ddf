import { joinColumns } from '../twenty/read-schema.ts';
import type { RelationAnswer } from '../twenty/read-schema.ts';
import type { Answer, Request } from '../twenty/client.ts';
import type { NamedObject, RoleAnswer } from './rights.ts';

/** Asks /metadata with a credential that may read roles. */
export type AskMetadata = (request: Request) => Promise<Answer>;

const roleFields = `id universalIdentifier label description isEditable canBeAssignedToUsers
  workspaceMembers{id userEmail name{firstName lastName}} canReadAllObjectRecords canUpdateAllObjectRecords canSoftDeleteAllObjectRecords
  canDestroyAllObjectRecords canUpdateAllSettings permissionFlags{flag}
  objectPermissions{objectMetadataId canReadObjectRecords canUpdateObjectRecords canSoftDeleteObjectRecords
  canDestroyObjectRecords} fieldPermissions{fieldMetadataId canReadFieldValue canUpdateFieldValue}`;

/** @throws PermissionError when the credential's role may not read roles */
export async function readRoles(ask: AskMetadata): Promise<RoleAnswer[]> {
  const rules = (await knowsRules(ask)) ? 'rowLevelPermissionPredicates{objectMetadataId}' : '';
  const { data } = await ask({ query: `{getRoles{${roleFields} ${rules}}}` });
  return data['getRoles'] as RoleAnswer[];
}

/** Older servers have no rules per record and refuse a question about them. */
async function knowsRules(ask: AskMetadata): Promise<boolean> {
  const { data } = await ask({ query: '{__type(name:"Role"){fields{name}}}' });
  const { fields } = data['__type'] as { fields: { name: string }[] };
  return fields.some(({ name }) => name === 'rowLevelPermissionPredicates');
}

type ObjectAnswer = {
  readonly id: string;
  readonly nameSingular: string;
  readonly isSystem: boolean;
  readonly labelIdentifierFieldMetadataId: string | null;
  readonly fieldsList: readonly (RelationAnswer & { readonly id: string; readonly type: string })[];
};

const objectFields = `id nameSingular isSystem labelIdentifierFieldMetadataId
  fieldsList{id name type settings relation{type} morphRelations{targetObjectMetadata{nameSingular}}}`;

export async function readNamedObjects(ask: AskMetadata): Promise<NamedObject[]> {
  const { data } = await ask({
    query: `{objects(paging:{first:1000}){edges{node{${objectFields}}}}}`,
    timeoutMs: 60_000,
  });
  const { edges } = data['objects'] as { edges: { node: ObjectAnswer }[] };
  return edges.map(({ node }) => ({
    id: node.id,
    name: node.nameSingular,
    isSystem: node.isSystem,
    labelFieldId: node.labelIdentifierFieldMetadataId ?? undefined,
    fields: node.fieldsList.map((field) => ({
      id: field.id,
      names: field.type === 'RELATION' || field.type === 'MORPH_RELATION' ? joinColumns(field) : [field.name],
    })),
  }));
}
