import { runCommand } from './command.ts';
import { installApp } from './install-app.ts';

const does = 'Installs the Switchboard application in a Twenty workspace, or upgrades it.';
process.exitCode = await runCommand({ name: 'crm:install', does, run: installApp }, process.argv.slice(2));
