import { Command } from 'commander';
import { uuid, wholeNumber } from './arguments.ts';
import { printTable } from './report.ts';
import { CLI_ACTOR, type WithAdmin } from './with-admin.ts';

export function deliveryCommands(withAdmin: WithAdmin): Command {
  const delivery = new Command('delivery').description('what came in and went out');
  delivery
    .command('list <tenant>')
    .option('--limit <number>', 'at most this many', wholeNumber, 50)
    .action((tenant: string, { limit }: { limit: number }) =>
      withAdmin(async ({ deliveries }) => {
        const { lines } = await deliveries.list(tenant, { limit });
        printTable(
          lines.map((line) => ({ ...line })),
          ['createdAt', 'id', 'pluginId', 'kind', 'result', 'summary'],
        );
      }),
    );
  delivery
    .command('replay <tenant>')
    .argument('<delivery>', 'as "delivery list" shows it', uuid)
    .description('work on a stored delivery once more')
    .action((tenant: string, id: string) =>
      withAdmin(async ({ deliveries }) => {
        await deliveries.replay(tenant, id, CLI_ACTOR);
        console.log('It runs again.');
      }),
    );
  delivery
    .command('dead <tenant>')
    .description('dead letters: jobs that gave up')
    .action((tenant: string) =>
      withAdmin(async ({ deliveries }) => {
        const { items, total } = await deliveries.deadLetters(tenant, {});
        printTable(
          items.map((letter) => ({ ...letter })),
          ['diedAt', 'id', 'owner', 'type', 'attempts', 'errorCode', 'errorMessage'],
        );
        if (total > items.length) console.log(`The newest ${items.length} of ${total}.`);
      }),
    );
  delivery
    .command('revive <tenant>')
    .argument('[id]', 'as "delivery dead" shows it', uuid)
    .description('run dead letters again: one, or all')
    .action((tenant: string, id: string | undefined) =>
      withAdmin(async ({ deliveries }) => {
        const count = await deliveries.replayDeadLetters(tenant, id === undefined ? {} : { id }, CLI_ACTOR);
        console.log(`${count} jobs run again.`);
      }),
    );
  delivery
    .command('discard <tenant>')
    .argument('<id>', 'as "delivery dead" shows it', uuid)
    .description('give up a dead letter for good')
    .requiredOption('--reason <text>', 'why')
    .action((tenant: string, id: string, { reason }: { reason: string }) =>
      withAdmin(async ({ deliveries }) => {
        await deliveries.discardDeadLetter(tenant, id, reason, CLI_ACTOR);
        console.log('Discarded.');
      }),
    );
  return delivery;
}
