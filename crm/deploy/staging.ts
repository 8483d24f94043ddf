import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { findPackageJSON } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** The crm package: where `src/` and `manifest.json` are. */
export const APP_FOLDER = dirname(import.meta.dirname);

/** For which hub the sources stand as they are. */
export const STANDARD_HUB_ADDRESS = 'http://localhost:4400';

/** The source that holds nothing but the address; a build for another hub writes it anew. */
const HUB_ADDRESS_FILE = join('src', 'panel', 'hub-address.ts');

/** A private copy of the application in which the SDK may write. */
export interface Staging {
  /** Home folder for the SDK, which keeps its settings there. Readable by this user only. */
  readonly home: string;
  readonly appPath: string;
  /** Removes the folder with everything in it. */
  close(): Promise<void>;
}

const SHARED_PACKAGES = ['uuid', 'react', 'react-dom'] as const;

const TYPESCRIPT_CONFIG = {
  compilerOptions: {
    target: 'es2022',
    module: 'esnext',
    moduleResolution: 'bundler',
    jsx: 'react-jsx',
    allowImportingTsExtensions: true,
  },
};

/**
 * Copies the sources to a temporary folder. The SDK writes its output, its configuration and a generated client beside
 * the application: in a copy two installations do not meet, and an installed hub can be read-only.
 */
export async function stageApp({ hubAddress }: { readonly hubAddress: string }): Promise<Staging> {
  const home = await mkdtemp(join(tmpdir(), 'switchboard-crm-'));
  const appPath = join(home, 'app');
  const modules = join(appPath, 'node_modules');
  await mkdir(modules, { recursive: true });
  await cp(join(APP_FOLDER, 'src'), join(appPath, 'src'), { recursive: true });
  await writeFile(join(appPath, HUB_ADDRESS_FILE), `export const HUB_ADDRESS = ${JSON.stringify(hubAddress)};\n`);
  await writeFile(join(appPath, 'package.json'), await appPackage());
  await writeFile(join(appPath, 'tsconfig.json'), JSON.stringify(TYPESCRIPT_CONFIG));
  for (const name of SHARED_PACKAGES) await symlink(packageFolder(name), join(modules, name));
  await stageSdk(packageFolder('twenty-sdk'), join(modules, 'twenty-sdk'));
  // A copy, not a link: after a deployment the SDK overwrites this package with a client for the workspace.
  await cp(packageFolder('twenty-client-sdk'), join(modules, 'twenty-client-sdk'), { recursive: true });
  return { home, appPath, close: () => rm(home, { recursive: true, force: true }) };
}

/**
 * The SDK as the sources import it. It bundles each of our files by itself, with 1.3 MB of `twenty-sdk/define` every time:
 * half a minute for 150 files. Loading that module at run time instead of bundling it makes the build take seconds.
 */
async function stageSdk(real: string, target: string): Promise<void> {
  const manifest = JSON.parse(await readFile(join(real, 'package.json'), 'utf8')) as {
    exports: Record<string, unknown>;
  };
  await mkdir(target);
  await symlink(join(real, 'dist'), join(target, 'dist'));
  await writeFile(join(target, 'define.cjs'), defineLoader(join(real, 'dist', 'define', 'index.cjs')));
  const exports = { ...manifest.exports, './define': './define.cjs' };
  await writeFile(join(target, 'package.json'), JSON.stringify({ ...manifest, exports }));
}

const defineLoader = (file: string): string =>
  `const load = require('node:module').createRequire(__filename);\nmodule.exports = load(${JSON.stringify(file)});\n`;

/** What Twenty stores as the application's package.json: name and version, nothing of this repository's wiring. */
async function appPackage(): Promise<string> {
  const { version } = JSON.parse(await readFile(join(APP_FOLDER, 'package.json'), 'utf8')) as { version: string };
  return `${JSON.stringify({ name: 'switchboard-crm', version, private: true, type: 'module' }, null, 2)}\n`;
}

function packageFolder(name: string): string {
  const file = findPackageJSON(name, import.meta.url);
  if (file === undefined) throw new Error(`The package ${name} is not installed: run npm install`);
  return dirname(file);
}
