import { Command } from 'commander';
import { wholeNumber } from './arguments.ts';
import { printTable } from './report.ts';
import type { WithAdmin } from './with-admin.ts';

export function auditCommands(withAdmin: WithAdmin): Command {
  const audit = new Command('audit').description('who did what when');
  audit
    .command('list <tenant>')
    .option('--limit <number>', 'at most this many', wholeNumber, 50)
    .action((tenant: string, { limit }: { limit: number }) =>
      withAdmin(async (admin) => {
        const entries = await admin.audit.list({
          tenantId: (await admin.tenants.get(tenant)).id,
          limit,
        });
        printTable(
          entries.map((entry) => ({ ...entry })),
          ['at', 'actor', 'action', 'subject', 'details'],
        );
      }),
    );
  audit
    .command('verify <tenant>')
    .description('check that no entry was changed or removed')
    .action((tenant: string) =>
      withAdmin(async (admin) => {
        const verdict = await admin.audit.verify((await admin.tenants.get(tenant)).id);
        if (verdict.intact) return console.log(`Intact: ${verdict.entries} entries.`);
        console.log(`Broken at entry ${verdict.brokenAt}: ${verdict.reason}.`);
        process.exitCode = 1;
      }),
    );
  return audit;
}
