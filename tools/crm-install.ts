import { readEnvironment, readPlaces } from '@switchboard/core';
import { installApp, runCommand } from '@switchboard/crm/deploy';

/** `npm run crm:install`: the application for the hub of this folder, whose address becomes part of it. */
const environment = readEnvironment();
const { publicUrl, appCacheFile } = readPlaces(environment);
process.exitCode = await runCommand(
  {
    name: 'crm:install',
    does: `Installs the Switchboard application in a Twenty workspace, or upgrades it, for the hub at ${publicUrl} (PUBLIC_URL).`,
    run: async (options) => await installApp({ ...options, hubAddress: publicUrl, cacheFile: appCacheFile }),
  },
  process.argv.slice(2),
  environment,
);
