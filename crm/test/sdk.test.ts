import { afterEach, expect, test } from '@jest/globals';
import { access, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

import { runSdk } from '../deploy/sdk.ts';
import { stageApp, type Staging } from '../deploy/staging.ts';

const hubAddress = 'https://hub.example.com';

let staging: Staging | undefined;
afterEach(() => staging?.close());

test('the SDK works in a folder that only this user may read, and nothing of it stays', async () => {
  staging = await stageApp({ hubAddress });
  expect((await stat(staging.home)).mode & 0o777).toBe(0o700);
  expect(await readdir(staging.appPath)).toEqual(['node_modules', 'package.json', 'src', 'tsconfig.json']);
  await staging.close();
  await expect(access(staging.home)).rejects.toThrow('ENOENT');
});

test('what the SDK writes beside its sources goes to a copy, not into the installed package', async () => {
  staging = await stageApp({ hubAddress });
  const client = await stat(join(staging.appPath, 'node_modules', 'twenty-client-sdk', 'package.json'));
  const installed = await stat(
    join(import.meta.dirname, '..', '..', 'node_modules', 'twenty-client-sdk', 'package.json'),
  );
  expect(client.ino).not.toBe(installed.ino);
});

test('stopping ends the SDK and gives the reason of stopping', async () => {
  staging = await stageApp({ hubAddress });
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
