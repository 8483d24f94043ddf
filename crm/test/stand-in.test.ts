import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startTwenty, type CreatedWorkspace, type Twenty } from '@switchboard/sandbox/twenty';
import { testDatabase, type TestDatabase } from '@switchboard/testing';

import { installApp, uninstallApp } from '../deploy/index.ts';
import { connectWorkspace } from '../deploy/metadata-api.ts';
import { builtOnce, type Built } from './built.ts';

let database: TestDatabase;
let twenty: Twenty;
let workspace: CreatedWorkspace;
let built: Built;

beforeAll(async () => {
  built = await builtOnce();
  database = await testDatabase();
  twenty = await startTwenty({ databaseUrl: database.url, limits: 'off' });
  workspace = await twenty.createWorkspace({
    name: 'Example',
    subdomain: 'example',
    admin: { email: 'admin@example.com', password: 'correct horse battery', firstName: 'Ada', lastName: 'Admin' },
  });
}, 120_000);

afterAll(async () => {
  await twenty?.close();
  await database?.close();
});

const options = () => ({ ...built.options, url: twenty.url, apiKey: workspace.apiKey, log: () => {} });

const UPSERT = `mutation Upsert { createPhoneCalls(upsert: true, data: [{ name: "Inbound", externalKey: "call-1", matchState: AMBIGUOUS }]) { id } }`;

test('the application installs, finds nothing to do, takes calls, and goes away only when forced', async () => {
  expect(await installApp(options())).toMatchObject({ outcome: 'installed', workspace: { name: 'Example' } });
  expect(await installApp(options())).toMatchObject({ outcome: 'unchanged' });

  const hubAddress = 'https://moved.example.com';
  const moved = { ...options(), hubAddress, cacheFile: `${built.options.cacheFile}.moved` };
  const change = built.artifact.manifest.frontComponents.length;
  expect(await installApp({ ...moved, dryRun: true })).toMatchObject({
    outcome: 'planned',
    plan: { create: 0, change, destroy: 0, losses: [] },
  });
  expect(await installApp(moved)).toMatchObject({ outcome: 'upgraded' });
  expect(await installApp(moved)).toMatchObject({ outcome: 'unchanged' });

  const api = connectWorkspace(options());
  const first = await api.records<{ createPhoneCalls: { id: string }[] }>(UPSERT);
  const second = await api.records<{ createPhoneCalls: { id: string }[] }>(UPSERT);
  expect(second).toEqual(first);

  await expect(uninstallApp(options())).rejects.toMatchObject({
    problem: 'destructive',
    message: '1 records would be destroyed.',
  });
  expect(await uninstallApp({ ...options(), force: true })).toMatchObject({
    outcome: 'uninstalled',
    records: { Calls: 1 },
  });
  expect(await uninstallApp(options())).toMatchObject({ outcome: 'not-installed' });
}, 240_000);
