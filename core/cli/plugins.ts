import { Command, InvalidArgumentError } from 'commander';
import { parseValue } from './arguments.ts';
import { printCheck, printTable } from './report.ts';
import { CLI_ACTOR, type WithAdmin } from './with-admin.ts';

interface SetOptions {
  readonly set: Readonly<Record<string, unknown>>;
}

export function pluginCommands(withAdmin: WithAdmin): Command {
  const plugin = new Command('plugin').description('plugins of a tenant');
  plugin.command('list <tenant>').action((tenant: string) =>
    withAdmin(async ({ plugins }) =>
      printTable(
        (await plugins.list(tenant)).map((one) => ({ ...one })),
        ['id', 'state', 'name', 'summary', 'detail'],
      ),
    ),
  );
  for (const [name, description] of [
    ['enable', 'enable a plugin, or end its pause'],
    ['configure', 'change the settings of a plugin'],
  ] as const) {
    plugin
      .command(`${name} <tenant> <plugin>`)
      .description(description)
      .option('--set <name=value>', 'a setting; may be repeated; an empty value takes it away', collectSetting, {})
      .action((tenant: string, id: string, { set }: SetOptions) =>
        withAdmin(async ({ plugins }) => {
          const card = await plugins[name](tenant, id, set, CLI_ACTOR);
          console.log(`${card.name} is ${card.state} for ${tenant}.`);
        }),
      );
  }
  plugin
    .command('pause <tenant> <plugin>')
    .description('what arrives is kept and waits')
    .option('--reason <text>', 'why', 'Paused by the operator.')
    .action((tenant: string, id: string, { reason }: { reason: string }) =>
      withAdmin(async ({ plugins }) => {
        const card = await plugins.pause(tenant, id, reason, CLI_ACTOR);
        console.log(`${card.name} is ${card.state} for ${tenant}.`);
      }),
    );
  plugin
    .command('disable <tenant> <plugin>')
    .description('its doors close; settings and secrets stay')
    .action((tenant: string, id: string) =>
      withAdmin(async ({ plugins }) => {
        const card = await plugins.disable(tenant, id, CLI_ACTOR);
        console.log(`${card.name} is ${card.state} for ${tenant}.`);
      }),
    );
  plugin
    .command('check <tenant> <plugin>')
    .description('try out a plugin against the system it connects to')
    .action((tenant: string, id: string) =>
      withAdmin(async ({ plugins }) => printCheck(await plugins.check(tenant, id, AbortSignal.timeout(60_000)))),
    );
  return plugin;
}

function collectSetting(argument: string, before: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const equals = argument.indexOf('=');
  if (equals < 1) throw new InvalidArgumentError('Write it as name=value.');
  const text = argument.slice(equals + 1);
  return { ...before, [argument.slice(0, equals)]: text === '' ? null : parseValue(text) };
}
