import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createTarGzip } from 'nanotar';
import { openWorld, valueOf, type Reply, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
}, 60_000);
afterAll(() => world.close());

type Manifest = ReturnType<typeof manifestOf>;
type Action = { type: string; metadataName: string; flatEntity: { name?: string }; diff?: object };

const option = (value: string, position: number) => ({
  id: randomUUID(),
  value,
  label: value,
  position,
  color: 'blue',
});

/** An application with one object: a text, a unique text, a select, a relation to company, a view and a role. */
function manifestOf(name: string) {
  const id = { app: randomUUID(), role: randomUUID(), object: randomUUID() };
  const [subject, key, stage, company, inverse] = Array.from({ length: 5 }, () => randomUUID());
  const relation = { type: 'RELATION', name: 'company', label: 'Company' };
  const standardCompany = '20202020-b374-4779-a561-80086cb2e17f';
  return {
    application: { universalIdentifier: id.app, displayName: name, defaultRoleUniversalIdentifier: id.role },
    objects: [
      {
        universalIdentifier: id.object,
        nameSingular: name,
        namePlural: `${name}s`,
        labelSingular: name,
        labelPlural: `${name}s`,
        labelIdentifierFieldMetadataUniversalIdentifier: subject,
        fields: [
          { universalIdentifier: subject, type: 'TEXT', name: 'subject', label: 'Subject' },
          { universalIdentifier: key, type: 'TEXT', name: 'key', label: 'Key', isUnique: false },
          {
            universalIdentifier: stage,
            type: 'SELECT',
            name: 'stage',
            label: 'Stage',
            options: [option('OPEN', 0), option('DONE', 1)],
          },
          {
            ...relation,
            universalIdentifier: company,
            relationTargetObjectMetadataUniversalIdentifier: standardCompany,
            relationTargetFieldMetadataUniversalIdentifier: inverse,
            universalSettings: { relationType: 'MANY_TO_ONE', onDelete: 'SET_NULL', joinColumnName: 'companyId' },
          },
        ],
      },
    ],
    fields: [
      {
        universalIdentifier: inverse,
        objectUniversalIdentifier: standardCompany,
        type: 'RELATION',
        name: `${name}s`,
        label: `${name}s`,
        relationTargetObjectMetadataUniversalIdentifier: id.object,
        relationTargetFieldMetadataUniversalIdentifier: company,
        universalSettings: { relationType: 'ONE_TO_MANY' },
      },
    ],
    roles: [{ universalIdentifier: id.role, label: `${name} role`, canReadAllObjectRecords: true }],
    viewFields: [] as object[],
  };
}

const sync = (manifest: Manifest, dryRun = false): Promise<Reply> =>
  world.metadata('mutation($m: JSON!, $d: Boolean) { syncApplication(manifest: $m, dryRun: $d) { actions } }', {
    m: manifest,
    d: dryRun,
  });
const apply = async (manifest: Manifest) => valueOf<{ actions: Action[] }>(await sync(manifest)).actions;
const summary = (actions: Action[]) => actions.map(({ type, metadataName }) => `${type} ${metadataName}`);

async function uploadFile(manifest: Manifest, filePath: string): Promise<Reply> {
  const query = `mutation($file: Upload!, $u: String!, $p: String!) {
    uploadApplicationFile(file: $file, applicationUniversalIdentifier: $u, fileFolder: Dependencies, filePath: $p) { path }
  }`;
  const variables = { file: null, u: manifest.application.universalIdentifier, p: filePath };
  return multipart(query, variables, new Blob([JSON.stringify({ version: '1.0.0' })]));
}

async function multipart(query: string, variables: object, file: Blob): Promise<Reply> {
  const form = new FormData();
  form.append('operations', JSON.stringify({ query, variables }));
  form.append('map', JSON.stringify({ 0: ['variables.file'] }));
  form.append('0', file, 'file');
  const headers = { authorization: `Bearer ${world.workspace.apiKey}` };
  const response = await fetch(`${world.twenty().url}/metadata`, { method: 'POST', headers, body: form });
  return (await response.json()) as Reply;
}

async function install(manifest: Manifest): Promise<void> {
  const { universalIdentifier: u, displayName: n } = manifest.application;
  valueOf(
    await world.metadata(
      'mutation($i: CreateApplicationRegistrationInput!) { createApplicationRegistration(input: $i) { clientSecret } }',
      { i: { name: n, universalIdentifier: u } },
    ),
  );
  valueOf(
    await world.metadata(
      'mutation($u: String!, $n: String!) { createDevelopmentApplication(universalIdentifier: $u, name: $n) { id } }',
      { u, n },
    ),
  );
  valueOf(await uploadFile(manifest, 'package.json'));
  await apply(manifest);
}

const fieldOf = (manifest: Manifest, name: string) => {
  const field = manifest.objects[0]?.fields.find((candidate) => candidate.name === name);
  if (field === undefined) throw new Error(`no field ${name}`);
  return field as { name: string; type: string; isUnique?: boolean; options?: object[] };
};

test('a second run changes nothing; a rename keeps the data; a changed type is ignored', async () => {
  const manifest = manifestOf('visit');
  await install(manifest);
  expect(await apply(manifest)).toEqual([]);
  valueOf(await world.records('mutation { createVisit(data: { subject: "kept" }) { id } }'));
  fieldOf(manifest, 'subject').name = 'topic';
  expect(summary(await apply(manifest))).toEqual(['update fieldMetadata']);
  expect(valueOf(await world.records('{ visits { edges { node { topic } } } }'))).toEqual({
    edges: [{ node: { topic: 'kept' } }],
  });
  fieldOf(manifest, 'key').type = 'NUMBER';
  expect(await apply(manifest)).toEqual([]);
});

test('a removed option empties its rows without a word; a removed field is announced before its data goes', async () => {
  const manifest = manifestOf('errand');
  await install(manifest);
  valueOf(await world.records('mutation { createErrand(data: { key: "k", stage: DONE }) { id } }'));
  fieldOf(manifest, 'stage').options?.pop();
  expect(summary(valueOf<{ actions: Action[] }>(await sync(manifest, true)).actions)).toEqual(['update fieldMetadata']);
  await apply(manifest);
  expect(valueOf(await world.records('{ errands { edges { node { key stage } } } }'))).toEqual({
    edges: [{ node: { key: 'k', stage: null } }],
  });
  manifest.objects[0]?.fields.splice(1, 1);
  expect(summary(valueOf<{ actions: Action[] }>(await sync(manifest, true)).actions)).toEqual(['delete fieldMetadata']);
  await apply(manifest);
  expect(valueOf(await world.records('{ errands { edges { node { key } } } }'))).toEqual({
    edges: [{ node: { key: null } }],
  });
});

test('a migration that fails half-way leaves everything as it was', async () => {
  const manifest = manifestOf('parcel');
  await install(manifest);
  valueOf(await world.records('mutation { createParcels(data: [{ key: "same" }, { key: "same" }]) { id } }'));
  const object = manifest.objects[0];
  if (object !== undefined) object.labelSingular = 'Renamed';
  fieldOf(manifest, 'key').isUnique = true;
  expect(await sync(manifest, true)).not.toHaveProperty('errors');
  expect(await sync(manifest)).toHaveProperty('errors');
  const plan = valueOf<{ actions: Action[] }>(await sync(manifest, true)).actions;
  expect(summary(plan)).toEqual(['update objectMetadata', 'update fieldMetadata']);
  expect(valueOf(await world.records('{ parcels { totalCount } }'))).toEqual({ totalCount: 2 });
});

test('what points at nothing is refused, with the name of what is wrong', async () => {
  const manifest = manifestOf('lost');
  manifest.viewFields.push({
    universalIdentifier: randomUUID(),
    viewUniversalIdentifier: randomUUID(),
    fieldMetadataUniversalIdentifier: manifest.objects[0]?.fields[0]?.universalIdentifier,
    position: 0,
  });
  expect(await sync(manifest, true)).toMatchObject({
    errors: [
      {
        extensions: {
          code: 'METADATA_VALIDATION_FAILED',
          errors: { viewField: [{ errors: [{ code: 'INVALID_VIEW_DATA', message: 'View not found' }] }] },
        },
      },
    ],
  });
});

test('a file of an application cannot leave its folder', async () => {
  const manifest = manifestOf('escape');
  await install(manifest);
  for (const path of ['../../../outside.json', '/etc/outside.json', 'a/../../outside.json']) {
    expect(await uploadFile(manifest, path)).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
  }
});

test('a published package installs, upgrades only upwards, and leaves with its objects', async () => {
  const manifest = manifestOf('report');
  const publish = async (version: string): Promise<Reply> => {
    const files = { 'manifest.json': JSON.stringify(manifest), 'package.json': JSON.stringify({ version }) };
    const entries = Object.entries(files).map(([name, data]) => ({ name: `package/${name}`, data }));
    const tarball = await createTarGzip(entries);
    return multipart(
      'mutation($file: Upload!) { uploadAppTarball(file: $file) { universalIdentifier } }',
      { file: null },
      new Blob([new Uint8Array(tarball)]),
    );
  };
  const { universalIdentifier } = manifest.application;
  const run = (operation: 'installApplication' | 'uninstallApplication', fields = '') =>
    world.metadata(`mutation($u: String!) { ${operation}(universalIdentifier: $u) ${fields} }`, {
      u: universalIdentifier,
    });
  valueOf(await publish('1.0.0'));
  expect(await publish('1.0.0')).toMatchObject({ errors: [{ extensions: { subCode: 'VERSION_ALREADY_EXISTS' } }] });
  valueOf(await run('installApplication', '{ id }'));
  expect(valueOf(await world.records('{ reports { totalCount } }'))).toEqual({ totalCount: 0 });
  valueOf(await publish('1.1.0'));
  valueOf(await run('installApplication', '{ id }'));
  const applications = valueOf<object[]>(
    await world.metadata('{ findManyApplications { universalIdentifier version } }'),
  );
  expect(applications).toContainEqual({ universalIdentifier, version: '1.1.0' });
  expect(valueOf(await run('uninstallApplication'))).toBe(true);
  expect(await world.records('{ reports { totalCount } }')).toHaveProperty('errors');
  const roles = valueOf<{ label: string }[]>(await world.metadata('{ getRoles { label } }'));
  expect(roles.map((role) => role.label)).not.toContain('report role');
});
