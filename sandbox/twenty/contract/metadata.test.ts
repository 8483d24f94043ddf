import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { refusal, row, value } from './answers.ts';
import type { Reply } from './client.ts';
import { openFixture } from './fixture.ts';
import { pascal, recordsOf } from './records.ts';
import { createField, createObject, deleteObject } from './thing.ts';

const contract = openFixture();
const { key, thing, name: run } = contract;
afterAll(() => contract.close());

type Field = { name: string; [property: string]: unknown };
type Validation = { metadataName: string; type: string; errors: { code: string; message: string }[] };

/** The first error of each kind that a refused change reports. */
function validation(reply: Reply): Record<string, { code: string; message: string }> {
  expect(refusal(reply).code).toBe('METADATA_VALIDATION_FAILED');
  const kinds = reply.errors[0]?.extensions?.['errors'] as Record<string, Validation[]>;
  const first = (failures: Validation[]) => ({
    code: String(failures[0]?.errors[0]?.code),
    message: String(failures[0]?.errors[0]?.message),
  });
  return Object.fromEntries(Object.entries(kinds).map(([kind, failures]) => [kind, first(failures)]));
}

/** Another object, gone at the end. Named apart from the suite's own, whose names another file lists. */
async function ownObject(kind: string) {
  const singular = `${kind}Thing${pascal(run)}`;
  const names = { singular, plural: `${singular}s` };
  const id = await createObject(key, names, `Contract ${run} ${kind}`);
  let deleted = false;
  const remove = async () => {
    deleted = true;
    return await deleteObject(key, id);
  };
  contract.onClose(async () => {
    if (!deleted) value(await remove());
  });
  return { names, id, remove };
}

describe("the run's object", () => {
  let fields: Field[] = [];
  beforeAll(async () => {
    const query = `query($id:UUID!){object(id:$id){nameSingular namePlural isSearchable isActive labelIdentifierFieldMetadataId
      fieldsList{id name type isSystem isNullable isUnique defaultValue options settings
        relation{type targetObjectMetadata{nameSingular} targetFieldMetadata{name}} morphRelations{targetObjectMetadata{nameSingular}}}}}`;
    const object = value(await key.metadata(query, { id: thing.objectId })) as {
      fieldsList: Field[];
      [property: string]: unknown;
    };
    fields = object.fieldsList;
    expect(object).toMatchObject({
      nameSingular: thing.singular,
      namePlural: thing.plural,
      isSearchable: true,
      isActive: true,
    });
    expect(object['labelIdentifierFieldMetadataId']).toBe(field('name')['id']);
  });
  const field = (name: string): Field => fields.find((each) => each.name === name) ?? { name: `no field ${name}` };

  test.each([
    ['id', 'UUID', true, false],
    ['name', 'TEXT', false, true],
    ['createdAt', 'DATE_TIME', true, false],
    ['updatedAt', 'DATE_TIME', true, false],
    ['deletedAt', 'DATE_TIME', true, true],
    ['createdBy', 'ACTOR', true, false],
    ['updatedBy', 'ACTOR', true, false],
    ['position', 'POSITION', true, false],
    ['searchVector', 'TS_VECTOR', true, true],
    ['attachments', 'RELATION', false, true],
    ['noteTargets', 'RELATION', false, true],
    ['taskTargets', 'RELATION', false, true],
    ['timelineActivities', 'RELATION', false, true],
  ])('%s (%s) is made by the server', (name, type, isSystem, isNullable) => {
    expect(field(name)).toMatchObject({ type, isSystem, isNullable, isUnique: false });
  });

  test.each([
    ['TEXT', 'textF', { isNullable: true, isUnique: false, defaultValue: null, settings: null }],
    ['TEXT', 'extId', { isNullable: true, isUnique: true }],
    ['NUMBER', 'numF', { settings: { type: 'number', dataType: 'float', decimals: 2 } }],
    ['NUMBER', 'intF', { settings: { dataType: 'int', decimals: 0 } }],
    ['BOOLEAN', 'boolF', { defaultValue: false }],
    [
      'RATING',
      'ratF',
      {
        options: [1, 2, 3, 4, 5].map((stars, position) => ({
          id: expect.any(String),
          label: `${stars}`,
          value: `RATING_${stars}`,
          position,
        })),
      },
    ],
    ['FILES', 'filesF', { settings: { maxNumberOfValues: 5 } }],
  ])('%s %s', (type, name, expected) => expect(field(name)).toMatchObject({ type, ...expected }));

  test('a SELECT keeps its options in order, each with an id, and a quoted default', () => {
    expect(field('selF')).toMatchObject({ type: 'SELECT', defaultValue: "'NEW'" });
    expect(field('selF')['options']).toEqual([
      { id: expect.any(String), color: 'blue', label: 'New', value: 'NEW', position: 0 },
      { id: expect.any(String), color: 'green', label: 'Open', value: 'OPEN', position: 1 },
      { id: expect.any(String), color: 'gray', label: 'Done', value: 'DONE', position: 2 },
    ]);
  });

  test('a RELATION has a join column and an inverse named after its label', () => {
    expect(field('company')).toMatchObject({
      type: 'RELATION',
      settings: { onDelete: 'SET_NULL', relationType: 'MANY_TO_ONE', joinColumnName: 'companyId' },
      relation: {
        type: 'MANY_TO_ONE',
        targetObjectMetadata: { nameSingular: 'company' },
        targetFieldMetadata: { name: thing.plural },
      },
    });
  });

  test('a MORPH_RELATION is one field here, although records have a join column per target', () => {
    const { morphRelations, ...subject } = field('subject');
    expect(subject).toMatchObject({
      type: 'MORPH_RELATION',
      settings: {
        onDelete: 'SET_NULL',
        relationType: 'MANY_TO_ONE',
        joinColumnName: expect.stringMatching(/^subject(Person|Opportunity)Id$/),
      },
      relation: null,
    });
    const targets = (morphRelations as { targetObjectMetadata: { nameSingular: string } }[]).map(
      (relation) => relation.targetObjectMetadata.nameSingular,
    );
    expect(targets.toSorted()).toEqual(['opportunity', 'person']);
  });
});

describe('fields', () => {
  const create = (field: Record<string, unknown>) =>
    createField(key, { objectMetadataId: thing.objectId, label: 'Any', ...field });
  const taken = (name: string) => ({
    code: 'NOT_AVAILABLE',
    message: `Name "${name}" is not available as it is already used by another field`,
  });

  test.each([
    ['a reserved name', { type: 'TEXT', name: 'id' }, taken('id')],
    ['a name in use', { type: 'TEXT', name: 'textF' }, taken('textF')],
    [
      'a name that is not camelCase',
      { type: 'TEXT', name: 'Bad_Name' },
      {
        code: 'INVALID_FIELD_INPUT',
        message: 'Name is not valid: it must start with lowercase letter and contain only alphanumeric letters',
      },
    ],
    [
      'the type NUMERIC',
      { type: 'NUMERIC', name: 'numericF' },
      {
        code: 'INVALID_FIELD_INPUT',
        message: 'Field type NUMERIC is not supported for field creation. Use NUMBER instead.',
      },
    ],
  ])('%s is refused', async (_name, field, expected) => {
    expect(validation(await create(field))['fieldMetadata']).toEqual(expected);
  });

  test('are written and read at once, renamed, and deleted with their data', async () => {
    // On an object of its own: other files write records of the suite's object meanwhile, by the columns they know of.
    const { names, id: objectId } = await ownObject('changed');
    const field = { objectMetadataId: objectId, type: 'TEXT', name: 'extraF', label: 'Extra f' };
    const { id } = value(await createField(key, field)) as { id: string };
    const things = recordsOf(contract.client, names);
    const record = row(await things.create({ name: 'md', extraF: 'x' }, 'id extraF'));
    expect(record['extraF']).toBe('x');
    const update = 'mutation($i:UpdateOneFieldMetadataInput!){updateOneField(input:$i){id label}}';
    expect(value(await key.metadata(update, { i: { id, update: { label: 'Other f' } } }))).toEqual({
      id,
      label: 'Other f',
    });

    const remove = 'mutation($i:DeleteOneFieldInput!){deleteOneField(input:$i){id name}}';
    expect(value(await key.metadata(remove, { i: { id } }))).toEqual({ id, name: 'extraF' });
    expect(row(await things.findOne({ id: { eq: record.id } }, 'id extraF'))).toEqual({ id: record.id, extraF: null });
    expect(refusal(await key.metadata(remove, { i: { id } }))).toEqual({
      code: 'NOT_FOUND',
      subCode: 'FIELD_METADATA_NOT_FOUND',
      message: 'Field to delete not found',
    });
    expect(validation(await key.metadata(update, { i: { id, update: { label: 'x' } } }))['fieldMetadata']).toEqual({
      code: 'FIELD_METADATA_NOT_FOUND',
      message: 'Field metadata to update not found',
    });
  });

  test('an index over two of them', async () => {
    const fields = ['selF', 'numF'].map((name) => ({ fieldMetadataId: thing.fieldIds[name] }));
    const reply = await key.metadata(
      'mutation($i:CreateOneIndexInput!){createOneIndex(input:$i){id isUnique indexType indexFieldMetadataList{fieldMetadataId order}}}',
      { i: { index: { objectMetadataId: thing.objectId, fields } } },
    );
    expect(value(reply)).toEqual({
      id: expect.any(String),
      isUnique: false,
      indexType: 'BTREE',
      indexFieldMetadataList: fields.map((each, order) => ({ ...each, order })),
    });
  });
});

describe('objects', () => {
  test('a name in use is refused', async () => {
    const object = { nameSingular: 'person', namePlural: 'people', labelSingular: 'P', labelPlural: 'Ps' };
    const reply = await key.metadata('mutation($i:CreateOneObjectInput!){createOneObject(input:$i){id}}', {
      i: { object },
    });
    expect(validation(reply)['objectMetadata']).toEqual({
      code: 'OBJECT_ALREADY_EXISTS',
      message: 'Object already exists',
    });
  });

  test('come, take records, and go with their table', async () => {
    const { names, id, remove } = await ownObject('other');
    const records = recordsOf(contract.client, names);
    row(await records.create({ name: 'first' }));
    expect(value(await remove())).toEqual({ id, nameSingular: names.singular });
    const reply = await records.findMany({}, 'totalCount');
    expect(reply.errors[0]?.message).toMatch(new RegExp(`^Cannot query field "${names.plural}" on type "Query"\\.`));
  });

  test('deleting one that is not there', async () => {
    expect(refusal(await deleteObject(key, randomUUID()))).toEqual({
      code: 'INTERNAL_SERVER_ERROR',
      message: 'Could not find flat entity in maps',
    });
  });

  test('are listed with their fields', async () => {
    const reply = await key.metadata(
      '{objects(paging:{first:1000}){edges{node{id nameSingular namePlural isSystem isActive}}}}',
    );
    const { edges } = value(reply) as { edges: { node: Record<string, unknown> }[] };
    expect(edges.map((edge) => edge.node)).toEqual(
      expect.arrayContaining([
        { id: thing.objectId, nameSingular: thing.singular, namePlural: thing.plural, isSystem: false, isActive: true },
        {
          id: thing.standard.company,
          nameSingular: 'company',
          namePlural: 'companies',
          isSystem: false,
          isActive: true,
        },
      ]),
    );
  });
});

test('the workspace tells its id and addresses', async () => {
  expect(value(await key.metadata('{currentWorkspace{id subdomain displayName workspaceUrls{subdomainUrl}}}'))).toEqual(
    {
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      subdomain: expect.any(String),
      displayName: expect.any(String),
      workspaceUrls: { subdomainUrl: expect.stringMatching(/^https?:\/\/.+\/$/) },
    },
  );
});
