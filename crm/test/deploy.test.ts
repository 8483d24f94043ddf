import { afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { DeployError, installApp, uninstallApp, type DeployProblem } from '../deploy/index.ts';
import { readManifest } from '../deploy/build-manifest.ts';
import { builtOnce, type Built } from './built.ts';
import { HEALTHY, startServer, type Answers, type TwentyServer } from './twenty-server.ts';

const manifest = await readManifest();
const application = manifest.application.universalIdentifier;
const KEY = 'secret-api-key';

const refusal = (message: string, code: string): Answers => ({
  data: null,
  errors: [{ message, extensions: { code } }],
});

let built: Built;
beforeAll(async () => {
  built = await builtOnce();
}, 120_000);

let server: TwentyServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

async function start(answers: Answers) {
  server = await startServer({ ...HEALTHY, ...answers });
  const lines: string[] = [];
  const options = { ...built.options, url: server.url, apiKey: KEY, log: (line: string) => lines.push(line) };
  return { server, lines, options };
}

/** The refusal of an installation; fails when it was not refused. */
async function refused(work: Promise<unknown>): Promise<DeployError> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(DeployError);
  return error as DeployError;
}

describe('an installation is refused before anything is changed', () => {
  test.each<[string, Answers, DeployProblem, RegExp]>([
    [
      'a server that is too old',
      { '/client-config': { appVersion: '2.20.9' } },
      'too-old',
      /runs Twenty 2\.20\.9.* needs 2\.21\.0/,
    ],
    ['a page instead of Twenty', { Workspace: '<html></html>' }, 'not-twenty', /not as Twenty does/],
    [
      'a key that is wrong',
      { Workspace: refusal('Token invalid.', 'UNAUTHENTICATED') },
      'key',
      /refuses the API key: Token invalid/,
    ],
    ['a key that was revoked', { Workspace: refusal('This API Key is revoked', 'FORBIDDEN') }, 'key', /revoked/],
    [
      'a role without the permission, which Twenty calls a server error',
      { Applications: refusal('Entity performing the request does not have permission', 'INTERNAL_SERVER_ERROR') },
      'permission',
      /role of this API key/,
    ],
  ])('%s', async (_case, answers, problem, message) => {
    const { options, server: twenty } = await start(answers);
    const error = await refused(installApp(options));
    expect(error.problem).toBe(problem);
    expect(error.message).toMatch(message);
    expect(`${error.message} ${error.remedy}`).not.toContain(KEY);
    expect(twenty.asked).not.toContain('SyncApplication');
  });

  test('an address that is none, and a server that is not there', async () => {
    const options = { ...built.options, apiKey: KEY, log: () => {} };
    expect((await refused(installApp({ ...options, url: 'crm' }))).problem).toBe('usage');
    const { url, close } = await startServer(HEALTHY);
    await close();
    expect((await refused(installApp({ ...options, url }))).problem).toBe('unreachable');
  });

  test('an address that leads elsewhere, without the key going there', async () => {
    const { url: target, server: twenty } = await start({}).then((it) => ({ ...it.options, server: it.server }));
    const detour = createServer((_request, response) => response.writeHead(307, { location: target }).end());
    await new Promise<void>((resolve) => detour.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(detour.address() as AddressInfo).port}`;
    const error = await refused(installApp({ ...built.options, apiKey: KEY, log: () => {}, url }));
    await new Promise((resolve) => detour.close(resolve));
    expect(error.problem).toBe('unreachable');
    expect(twenty.asked).toEqual([]);
  });

  test('a hub without an address', async () => {
    const { options } = await start({});
    expect(await refused(installApp({ ...options, hubAddress: 'hub' }))).toMatchObject({
      problem: 'usage',
      remedy: expect.stringContaining('PUBLIC_URL'),
    });
  });

  test('a workspace whose application is newer', async () => {
    const installed = [{ id: 'app-1', version: '99.1.0', universalIdentifier: application }];
    const { options, server: twenty } = await start({ Applications: { data: { findManyApplications: installed } } });
    const error = await refused(installApp({ ...options, force: true }));
    expect(error).toMatchObject({ problem: 'newer', message: expect.stringContaining('99.1.0'), exitCode: 8 });
    expect(twenty.asked).not.toContain('SyncApplication');
  });

  test('names that the workspace uses for something else, all of them at once', async () => {
    const person = '20202020-e674-48e5-a542-72570eee7213';
    const nodes = [
      { universalIdentifier: 'x', nameSingular: 'contract', namePlural: 'contracts', fieldsList: [] },
      {
        universalIdentifier: person,
        nameSingular: 'person',
        namePlural: 'people',
        fieldsList: [{ universalIdentifier: 'y', name: 'language' }],
      },
    ];
    const objects = { edges: nodes.map((node) => ({ node })) };
    const { options } = await start({
      Workspace: { data: { currentWorkspace: { id: 'w', displayName: null }, objects } },
    });
    const error = await refused(installApp(options));
    expect(error.problem).toBe('collision');
    expect(error.message).toContain('object contract, field person.language');
  });

  test('a manifest that the server does not accept, with its reasons', async () => {
    const complaint = {
      errors: [{ message: 'Name "x" is not available' }],
      flatEntityMinimalInformation: { name: 'x' },
    };
    const errors = [
      {
        message: 'Validation errors occurred',
        extensions: { code: 'METADATA_VALIDATION_FAILED', errors: { fieldMetadata: [complaint] } },
      },
    ];
    const { options } = await start({ SyncApplication: { data: null, errors } });
    const error = await refused(installApp(options));
    expect(error.message).toContain('field x: Name "x" is not available');
  });
});

describe('a plan', () => {
  const field = {
    name: 'kind',
    objectMetadataUniversalIdentifier: manifest.objects.find((each) => each.nameSingular === 'asset')
      ?.universalIdentifier,
  };
  const options = (...values: string[]) => values.map((value) => ({ value }));
  const plan = (...actions: unknown[]) => ({ SyncApplication: { data: { syncApplication: { actions } } } });

  test.each([
    [
      'a field',
      { type: 'delete', metadataName: 'fieldMetadata', flatEntity: field },
      'field asset.kind, with its value in every record',
    ],
    [
      'an object',
      { type: 'delete', metadataName: 'objectMetadata', flatEntity: { nameSingular: 'asset' } },
      'object asset, with all its records',
    ],
    [
      'a role',
      { type: 'delete', metadataName: 'role', flatEntity: { label: 'Agent' } },
      'role Agent, from every member who has it',
    ],
    [
      'an option, although Twenty calls that a change',
      {
        type: 'update',
        metadataName: 'fieldMetadata',
        flatEntity: field,
        diff: { options: { before: options('A', 'B'), after: options('B', 'C') } },
      },
      'option A of field asset.kind, from every record that has it',
    ],
  ])('that destroys %s is refused and says what would be lost', async (_what, action, loss) => {
    const { options: install } = await start(plan(action));
    const error = await refused(installApp(install));
    expect(error.problem).toBe('destructive');
    expect(error.message).toContain(loss);
    const planned = await installApp({ ...install, dryRun: true });
    expect(planned).toMatchObject({ outcome: 'planned', plan: { losses: [loss] } });
  });

  test('is told before it is carried out', async () => {
    const { options: install, lines } = await start(
      plan(
        { type: 'create', metadataName: 'viewField', flatEntity: {} },
        { type: 'create', metadataName: 'viewField', flatEntity: {} },
        {
          type: 'update',
          metadataName: 'fieldMetadata',
          flatEntity: field,
          diff: { label: { before: 'Kind', after: 'Sort' } },
        },
      ),
    );
    await installApp({ ...install, dryRun: true });
    expect(lines).toEqual(
      expect.arrayContaining([
        '  create 2 × view field',
        '  change field asset.kind: label',
        '2 to create, 1 to change, 0 to remove',
      ]),
    );
  });

  test('without steps leaves the workspace alone', async () => {
    const {
      options: install,
      server: twenty,
      lines,
    } = await start({
      Applications: {
        data: { findManyApplications: [{ id: 'app-1', version: '0.1.0', universalIdentifier: application }] },
      },
    });
    expect(await installApp(install)).toMatchObject({
      outcome: 'unchanged',
      applicationId: 'app-1',
      serverVersion: '2.21.0',
    });
    expect(lines.at(-1)).toBe('Nothing to change: the application is installed and up to date.');
    expect(twenty.asked).toEqual(['/client-config', 'Workspace', 'Applications', 'SyncApplication']);
  });

  test('is not carried out when the answer is no', async () => {
    const { options: install, server: twenty } = await start(
      plan({ type: 'create', metadataName: 'viewField', flatEntity: {} }),
    );
    expect(await installApp({ ...install, confirm: async () => false })).toMatchObject({ outcome: 'declined' });
    expect(twenty.asked).not.toContain('CreateApplication');
  });

  test('is made for a server that does not tell its version', async () => {
    const { options: install } = await start({ '/client-config': '<html></html>' });
    expect(await installApp(install)).toMatchObject({ outcome: 'unchanged', serverVersion: undefined });
  });
});

describe('uninstalling', () => {
  const installed: Answers = {
    Applications: {
      data: { findManyApplications: [{ id: 'app-1', version: null, universalIdentifier: application }] },
    },
    Workspace: {
      data: {
        currentWorkspace: { id: 'w1', displayName: 'Example' },
        objects: { edges: manifest.objects.map((object) => ({ node: { ...object, fieldsList: [] } })) },
      },
    },
    UninstallApplication: { data: { uninstallApplication: true } },
  };
  const counts = (phoneCalls: number) => ({
    Counts: {
      data: Object.fromEntries(
        manifest.objects.map(({ namePlural }) => [
          namePlural,
          { totalCount: namePlural === 'phoneCalls' ? phoneCalls : 0 },
        ]),
      ),
    },
  });

  test('does nothing where the application is not installed', async () => {
    const { options, server: twenty } = await start({});
    expect(await uninstallApp(options)).toMatchObject({ outcome: 'not-installed' });
    expect(twenty.asked).not.toContain('UninstallApplication');
  });

  test('is refused while there are records, unless it is forced', async () => {
    const { options, lines, server: twenty } = await start({ ...installed, ...counts(3) });
    const error = await refused(uninstallApp(options));
    expect(error).toMatchObject({ problem: 'destructive', message: '3 records would be destroyed.' });
    expect(lines).toContain('  Calls: 3 records');
    expect(twenty.asked).not.toContain('UninstallApplication');
    expect(await uninstallApp({ ...options, force: true })).toMatchObject({
      outcome: 'uninstalled',
      records: { Calls: 3 },
    });
    expect(twenty.asked).toContain('UninstallApplication');
  });

  test('is not done when the answer is no', async () => {
    const { options, server: twenty } = await start({ ...installed, ...counts(0) });
    expect(await uninstallApp({ ...options, confirm: async () => false })).toMatchObject({ outcome: 'declined' });
    expect(twenty.asked).not.toContain('UninstallApplication');
  });

  test('goes ahead when there are no records', async () => {
    const { options } = await start({ ...installed, ...counts(0) });
    expect(await uninstallApp(options)).toMatchObject({ outcome: 'uninstalled' });
  });
});
