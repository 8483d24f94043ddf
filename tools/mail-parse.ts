import { readFile } from 'node:fs/promises';
import { promises as dns } from 'node:dns';
import { buffer } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { verifyAuthentication } from '../plugins/mail/understand/authentication/verify.ts';
import { understand } from '../plugins/mail/understand/understand.ts';
import type { Understood } from '../plugins/mail/understand/understood.ts';

const usage = `npm run mail:parse -- FILE.eml [FILE.eml ...] [--json] [--dns] [--trust SERVER]
Prints what the hub understands of messages.
  -               read one message from standard input
  --json          one line of JSON per message; several files each carry their name as "file"
  --headers       with all header fields
  --dns           verify DKIM and DMARC now, by DNS, and SPF where --by tells our own border; otherwise only what the topmost
                  Authentication-Results says is shown
  --by SERVER     one of our own mail servers, as it stands behind "by" in the Received fields that it writes; may be repeated
  --trust SERVER  believe the Authentication-Results of that server (its authserv-id); may be repeated`;

interface Wanted {
  readonly json: boolean;
  readonly dns: boolean;
  readonly headers: boolean;
  readonly trustedServers: readonly string[];
  readonly ownServers: readonly string[];
  readonly named: boolean;
}

async function parseOne(file: string, wanted: Wanted): Promise<string> {
  const raw = file === '-' ? await buffer(process.stdin) : await readFile(file);
  const understood = await understand(raw, { trustedServers: wanted.trustedServers });
  const authentication = wanted.dns
    ? await verifyAuthentication(
        raw,
        (domain, type) => dns.resolve(domain, type) as Promise<string[]>,
        understood.authentication,
        wanted.ownServers,
      )
    : understood.authentication;
  const { headers, ...rest } = understood;
  const shown = { ...(wanted.named ? { file } : {}), ...rest, authentication, ...(wanted.headers ? { headers } : {}) };
  return wanted.json ? JSON.stringify(shown) : describe(file, { ...understood, authentication });
}

function describe(file: string, { attachments, problems, verdict, authentication, ...mail }: Understood): string {
  const people = (list: Understood['to']) =>
    list.map(({ name, address }) => (name === '' ? address : `${name} <${address}>`)).join(', ');
  const files = attachments.map(
    ({ name, safeName, mimeType, bytes }) => `  ${name || safeName}  ${mimeType}, ${bytes} bytes`,
  );
  const lines = [
    `${file}: ${verdict.kind} (${verdict.why})`,
    `From:    ${people(mail.from)}`,
    `To:      ${people([...mail.to, ...mail.cc])}`,
    `Date:    ${mail.date ?? 'unknown'}${mail.dateFrom === 'received' ? ' (of the last server)' : ''}`,
    `Subject: ${mail.subject}`,
    `Sender:  SPF ${authentication.spf}, DKIM ${authentication.dkim}, DMARC ${authentication.dmarc}${authentication.aligned ? ', proven' : ''}`,
    ...(problems.length > 0 ? [`Odd:     ${problems.join(', ')}`] : []),
    '',
    mail.replyText,
    ...(files.length > 0 ? ['', 'Files:', ...files] : []),
  ];
  return `${lines.join('\n')}\n`;
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      dns: { type: 'boolean', default: false },
      headers: { type: 'boolean', default: false },
      trust: { type: 'string', multiple: true, default: [] },
      by: { type: 'string', multiple: true, default: [] },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help || positionals.length === 0) {
    console.error(usage);
    process.exitCode = values.help ? 0 : 2;
    return;
  }
  const wanted: Wanted = {
    json: values.json,
    dns: values.dns,
    headers: values.headers,
    trustedServers: values.trust,
    ownServers: values.by,
    named: positionals.length > 1,
  };
  for (const file of positionals) {
    try {
      process.stdout.write(`${await parseOne(file, wanted)}\n`);
    } catch (error) {
      console.error(`${file}: ${error instanceof Error ? error.message : String(error)}`);
      process.exitCode = 1;
    }
  }
}

await main();
