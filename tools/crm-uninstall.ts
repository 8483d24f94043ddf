import { readEnvironment } from '@switchboard/core';
import { runCommand, uninstallApp } from '@switchboard/crm/deploy';

/** `npm run crm:uninstall` */
process.exitCode = await runCommand(
  {
    name: 'crm:uninstall',
    does: 'Removes the Switchboard application and its data from a Twenty workspace.',
    run: uninstallApp,
  },
  process.argv.slice(2),
  readEnvironment(),
);
