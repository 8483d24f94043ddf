import { Command } from 'commander';
import { wholeNumber } from './arguments.ts';
import { printCrmStatus } from './crm-status.ts';
import { printCheck, printTable } from './report.ts';
import { CLI_ACTOR, type WithAdmin } from './with-admin.ts';

export function crmCommands(withAdmin: WithAdmin): Command {
  const crm = new Command('crm').description('the connection of a tenant to Twenty');
  crm
    .command('check <tenant>')
    .action((tenant: string) =>
      withAdmin(async (admin) => printCheck(await admin.crm.check(tenant, AbortSignal.timeout(120_000)))),
    );
  crm
    .command('status <tenant>')
    .description('outbox, budget and mirror, with the progress of a first copy')
    .option('--json', 'everything, for programs')
    .action((tenant: string, { json }: { json?: true }) =>
      withAdmin(async (admin) => {
        const status = await admin.crm.status(tenant);
        if (json) console.log(JSON.stringify(status, undefined, 2));
        else printCrmStatus(status);
      }),
    );
  crm
    .command('rotate-webhook-secret <tenant>')
    .description('have Twenty sign its webhooks with a new secret')
    .option('--overlap-minutes <number>', 'how long the old one stays valid; 0 when others know it', wholeNumber, 15)
    .action((tenant: string, { overlapMinutes }: { overlapMinutes: number }) =>
      withAdmin(async (admin) => {
        await admin.crm.rotateWebhookSecret(tenant, overlapMinutes, CLI_ACTOR);
        console.log(`A worker tells Twenty within a minute; ${overlapMinutes} minutes later the old secret ends.`);
      }),
    );
  crm
    .command('parked <tenant>')
    .description('writes that Twenty refused')
    .option('--limit <number>', 'at most this many', wholeNumber, 50)
    .action((tenant: string, { limit }: { limit: number }) =>
      withAdmin(async (admin) => {
        const parked = await admin.crm.listParked(tenant, limit);
        printTable(
          parked.map((one) => ({ ...one })),
          ['id', 'object', 'recordId', 'code', 'message', 'remedy'],
        );
      }),
    );
  crm
    .command('replay <tenant>')
    .argument('[id]', 'as "crm parked" shows it', wholeNumber)
    .description('send parked writes again: one, or all')
    .action((tenant: string, id: number | undefined) =>
      withAdmin(async (admin) => {
        const count = await admin.crm.replayParked(tenant, id);
        console.log(`${count} writes go out again.`);
      }),
    );
  crm
    .command('discard <tenant>')
    .argument('<id>', 'as "crm parked" shows it', wholeNumber)
    .description('give up a parked write for good')
    .requiredOption('--reason <text>', 'why')
    .action((tenant: string, id: number, { reason }: { reason: string }) =>
      withAdmin(async (admin) => console.log(`${await admin.crm.discardParked(tenant, id, reason)} writes discarded.`)),
    );
  return crm;
}
