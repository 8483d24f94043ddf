import { Command } from 'commander';
import { readAnchor } from '../journal/index.ts';
import type { TenantRecord } from '../tenants/index.ts';
import { CLI_ACTOR, type WithAdmin } from './with-admin.ts';

interface VerifyOptions {
  readonly anchor?: string;
}

export function journalCommands(withAdmin: WithAdmin): Command {
  const journal = new Command('journal').description(
    'what happened at a tenant, as a chain that shows when it was touched',
  );
  journal
    .command('verify [tenant]')
    .description('check that no entry was changed, removed, added or moved; without a tenant all of them')
    .option('--anchor <number:hash>', 'what an earlier check has printed and you have kept elsewhere')
    .action((slug: string | undefined, { anchor }: VerifyOptions) =>
      withAdmin(async (admin) => {
        const tenants = slug === undefined ? await admin.tenants.list() : [await admin.tenants.get(slug)];
        const anchors = anchor === undefined ? [] : [readAnchor(anchor)];
        for (const tenant of tenants) {
          const verdict = await admin.journal.verify(tenant.id, { actor: CLI_ACTOR, anchors });
          console.log(`${tenant.slug}: ${sentence(verdict)}`);
          if (!verdict.isIntact) process.exitCode = 1;
        }
      }),
    );
  journal
    .command('erase <tenant> <person>')
    .description('take the words out of all entries about a person, by the id in Twenty; the chain stays whole')
    .requiredOption('--reason <text>', 'who asked for it, as the journal is to say')
    .action((slug: string, person: string, { reason }: { readonly reason: string }) =>
      withAdmin(async (admin) => {
        const tenant: TenantRecord = await admin.tenants.get(slug);
        const erased = await admin.journal.erase(tenant.id, person, reason, CLI_ACTOR);
        console.log(`The words of ${erased} entries were erased, here and in Twenty.`);
      }),
    );
  return journal;
}

type Verdict = Awaited<ReturnType<Parameters<Parameters<WithAdmin>[0]>[0]['journal']['verify']>>;

function sentence(verdict: Verdict): string {
  if (!verdict.isIntact) return `broken at entry ${verdict.brokenAt}: ${verdict.reason}.`;
  const { entries, erased, hash } = verdict;
  const words = erased === 0 ? '' : `, the words of ${erased} erased`;
  return `intact, ${entries} entries${words}. Anchor: ${entries}:${hash}`;
}
