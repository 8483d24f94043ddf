import { Command } from 'commander';
import { auditCommands } from './audit.ts';
import { crmCommands } from './crm.ts';
import { deliveryCommands } from './deliveries.ts';
import { doorCommand } from './doors.ts';
import { journalCommands } from './journal.ts';
import { pluginCommands } from './plugins.ts';
import { tenantCommands } from './tenants.ts';
import type { WithAdmin } from './with-admin.ts';

/** @param pluginIds each becomes a command of its own, for what it lets operators do */
export function buildProgram(withAdmin: WithAdmin, pluginIds: readonly string[] = []): Command {
  const program = new Command('hub').description("The operator's commands of Switchboard").showHelpAfterError();
  program.addCommand(tenantCommands(withAdmin));
  program.addCommand(crmCommands(withAdmin));
  program.addCommand(pluginCommands(withAdmin));
  program.addCommand(deliveryCommands(withAdmin));
  program.addCommand(auditCommands(withAdmin));
  program.addCommand(journalCommands(withAdmin));
  for (const id of pluginIds) program.addCommand(doorCommand(withAdmin, id));
  program
    .command('setup-link')
    .description("a link that opens the operator's session in a browser, once; those before are void")
    .action(() => withAdmin(async ({ auth }) => console.log(await auth.setup.newLink())));
  program
    .command('secrets')
    .description('the encrypted secrets')
    .command('rotate')
    .description('encrypt all secrets anew under the current HUB_KEY')
    .action(() =>
      withAdmin(async ({ secrets }) => {
        const { rotated, failed } = await secrets.rotate();
        console.log(`${rotated} secrets were encrypted anew.`);
        if (failed.length === 0) return console.log('HUB_KEY_PREVIOUS may now be emptied.');
        console.log('These could not be read with any of the keys; enter them again:');
        for (const place of failed) console.log(`  ${place.pluginId} ${place.name} of tenant ${place.tenantId}`);
        process.exitCode = 1;
      }),
    );
  return program;
}
