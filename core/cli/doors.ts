import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Command, InvalidArgumentError } from 'commander';
import type { Reply } from '../contract/index.ts';
import { parseValue } from './arguments.ts';
import { printAnswer, printTable } from './report.ts';
import type { WithAdmin } from './with-admin.ts';

interface Asked {
  readonly json: boolean;
}

const PATIENCE_MS = 60_000;

/** What a plugin lets operators do, on the command line: its doors of the hub's API, each under its path. */
export function doorCommand(withAdmin: WithAdmin, pluginId: string): Command {
  return new Command(pluginId)
    .description(`what the plugin ${pluginId} lets operators do; without a door the list of them`)
    .argument('<tenant>')
    .argument('[door]', 'such as "mailboxes/pause"')
    .argument('[values...]', 'name=value each', collectValue, {})
    .option('--json', 'the answer as it comes', false)
    .action((tenant: string, door: string | undefined, values: Readonly<Record<string, unknown>>, { json }: Asked) =>
      withAdmin(async ({ plugins }) => {
        const doors = plugins.doors(pluginId);
        if (door === undefined) return printDoors(doors);
        const reply = await plugins.callDoor(tenant, pluginId, {
          path: `/${door.replace(/^\//, '')}`,
          values,
          signal: AbortSignal.timeout(PATIENCE_MS),
        });
        await print(reply, json);
      }),
    );
}

function printDoors(doors: readonly { readonly path: string; readonly summary: string }[]): void {
  printTable(
    doors.map(({ path, summary }) => ({ door: path.slice(1), summary })),
    ['door', 'summary'],
  );
}

async function print({ body }: Reply, asJson: boolean): Promise<void> {
  if (body === undefined) return;
  if (body instanceof Readable) await pipeline(body, process.stdout, { end: false });
  else if (typeof body === 'string' || Buffer.isBuffer(body)) process.stdout.write(body);
  else if (asJson) console.log(JSON.stringify(body));
  else printAnswer(body);
}

function collectValue(argument: string, before: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const equals = argument.indexOf('=');
  if (equals < 1) throw new InvalidArgumentError('Write it as name=value.');
  return { ...before, [argument.slice(0, equals)]: parseValue(argument.slice(equals + 1)) };
}
