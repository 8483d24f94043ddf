import { text } from 'node:stream/consumers';
import { Command } from 'commander';
import { printCheck, printTable } from './report.ts';
import { CLI_ACTOR, type WithAdmin } from './with-admin.ts';

interface CreateOptions {
  readonly name: string;
  readonly country: string;
  readonly timeZone?: string;
  readonly locale?: string;
}

interface ConnectOptions {
  readonly url: string;
  readonly key: string;
  readonly installApp?: true;
}

/** With a build of the app and its installation on a busy server. */
const PATIENCE_MS = 300_000;

export function tenantCommands(withAdmin: WithAdmin): Command {
  const tenant = new Command('tenant').description('tenants: Twenty workspaces connected to the hub');
  tenant
    .command('create <slug>')
    .requiredOption('--name <name>', 'name for people')
    .requiredOption('--country <code>', 'ISO 3166 country in which national numbers are read, like NL')
    .option('--time-zone <zone>', 'IANA time zone, like Europe/Amsterdam')
    .option('--locale <tag>', 'language tag, like nl')
    .action((slug: string, options: CreateOptions) =>
      withAdmin(async ({ tenants }) => {
        const created = await tenants.create({ slug, ...options }, CLI_ACTOR);
        console.log(`Created tenant ${created.slug} (${created.id}).`);
        console.log(
          `Next: npm run hub -- tenant connect ${created.slug} --url https://your-twenty --key API_KEY --install-app`,
        );
      }),
    );
  tenant.command('list').action(() =>
    withAdmin(async ({ tenants }) =>
      printTable(
        [...(await tenants.list())].map((one) => ({ ...one })),
        ['slug', 'name', 'state', 'country', 'timeZone', 'crmUrl'],
      ),
    ),
  );
  tenant
    .command('connect <tenant>')
    .description('connect a tenant to its Twenty workspace; connecting again is harmless')
    .requiredOption('--url <url>', 'address of Twenty, like https://crm.example.com')
    .requiredOption('--key <key>', 'API key of the role Admin; - reads it from standard input')
    .option('--install-app', 'install the Switchboard app in the workspace, or bring it up to date; destroys no data')
    .action((slug: string, { url, key, installApp }: ConnectOptions) =>
      withAdmin(async ({ crm }) => {
        const apiKey = (key === '-' ? await text(process.stdin) : key).trim();
        const request = { url, apiKey, installApp: installApp === true };
        printCheck(await crm.connect(slug, request, CLI_ACTOR, AbortSignal.timeout(PATIENCE_MS)));
      }),
    );
  for (const [name, description] of [
    ['suspend', 'stop receiving and sending for a tenant; everything is kept'],
    ['resume', 'end a suspension'],
  ] as const) {
    tenant
      .command(`${name} <tenant>`)
      .description(description)
      .action((slug: string) =>
        withAdmin(async ({ tenants }) => {
          const changed = await tenants[name](slug, CLI_ACTOR);
          console.log(`${changed.slug} is ${changed.state}.`);
        }),
      );
  }
  tenant
    .command('delete <tenant>')
    .description('delete a tenant with all its data in the hub; its audit log stays, and so does Twenty')
    .requiredOption('--confirm <slug>', 'the slug once more')
    .action((slug: string, { confirm }: { confirm: string }) =>
      withAdmin(async ({ tenants }) => {
        await tenants.delete(slug, confirm, CLI_ACTOR);
        console.log(`Deleted ${slug}.`);
      }),
    );
  return tenant;
}
