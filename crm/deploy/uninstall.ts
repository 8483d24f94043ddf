import { runCommand } from './command.ts';
import { uninstallApp } from './uninstall-app.ts';

const does = 'Removes the Switchboard application and its data from a Twenty workspace.';
process.exitCode = await runCommand({ name: 'crm:uninstall', does, run: uninstallApp }, process.argv.slice(2));
