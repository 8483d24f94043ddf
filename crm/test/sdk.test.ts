import { afterEach, expect, test } from '@jest/globals';
import { access, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

import { runSdk } from '../deploy/sdk.ts';
import { stageApp, type Staging } from '../deploy/staging.ts';
import { HEALTHY, startServer, type TwentyServer } from './twenty-server.ts';

const KEY = 'secret-api-key';

let staging: Staging | undefined;
let server: TwentyServer | undefined;
afterEach(async () => {
  await staging?.close();
  await server?.close();
});

const applying = (home: Staging, url: string) => ({ kind: 'apply', appPath: home.appPath, url, apiKey: KEY }) as const;

test('the SDK works in a folder that only this user may read, and nothing of it stays', async () => {
  staging = await stageApp();
  expect((await stat(staging.home)).mode & 0o777).toBe(0o700);
  expect(await readdir(staging.appPath)).toEqual(['node_modules', 'package.json', 'src', 'tsconfig.json']);
  await staging.close();
  await expect(access(staging.home)).rejects.toThrow('ENOENT');
});

test('the generated client goes to a copy, not into the installed package', async () => {
  staging = await stageApp();
  const client = await stat(join(staging.appPath, 'node_modules', 'twenty-client-sdk', 'package.json'));
  const installed = await stat(
    join(import.meta.dirname, '..', '..', 'node_modules', 'twenty-client-sdk', 'package.json'),
  );
  expect(client.ino).not.toBe(installed.ino);
});

test('a refusal by the server comes back as the reason, without the key', async () => {
  server = await startServer({ ...HEALTHY, CurrentWorkspace: { errors: [{ message: 'Token invalid.' }] } });
  staging = await stageApp();
  const run = runSdk({ home: staging.home, task: applying(staging, server.url), onProgress: () => {} });
  await expect(run).rejects.toMatchObject({
    problem: 'sdk',
    message: expect.stringContaining('Authentication failed'),
  });
  await expect(run).rejects.not.toMatchObject({ message: expect.stringContaining(KEY) });
}, 60_000);

test('stopping ends the SDK and gives the reason of stopping', async () => {
  staging = await stageApp();
  const abort = new AbortController();
  const run = runSdk({
    home: staging.home,
    task: { kind: 'build', appPath: staging.appPath },
    // The first sign of life: the process runs and is in the middle of its work.
    onProgress: () => abort.abort(new Error('stopped by the operator')),
    signal: abort.signal,
  });
  await expect(run).rejects.toThrow('stopped by the operator');
}, 60_000);
