import type { SandboxState } from '../state.ts';
import type { Played } from '../threecx/index.ts';
import { describeEnd, describeRecord, describeRing, describeSeen } from './describe.ts';
import { DemoError } from './error.ts';
import type { Options } from './options.ts';
import { play } from './play.ts';
import { waitForRecords } from './record.ts';

export type DemoCall = {
  readonly options: Options;
  readonly sandbox: Pick<SandboxState, 'threecx'> & { readonly twenty: Pick<SandboxState['twenty'], 'url' | 'apiKey'> };
  readonly patienceMs: number;
  readonly print: (line: string) => void;
};

/**
 * Makes the call, which takes its time, and shows its record.
 * @throws DemoError when the sandbox or the hub is away, or the record does not land
 */
export async function runDemoCall({ options, sandbox, patienceMs, print }: DemoCall): Promise<void> {
  print(describeRing(options));
  const played = await play(sandbox.threecx.url, options);
  print(describeSeen(played));
  print(describeEnd(options, played));
  assertReported(played);
  const wanted = { ...played, extension: options.extension, text: options.text && options.answered };
  const records = await waitForRecords(sandbox.twenty, wanted, patienceMs).catch((cause: unknown) => {
    throw new DemoError(`The CRM at ${sandbox.twenty.url} does not answer. Start the sandbox with "npm start".`, {
      cause,
    });
  });
  for (const record of records) for (const line of describeRecord(record, sandbox.twenty.url)) print(line);
  if (records.length === 0) {
    throw new DemoError(
      `No record of the call within ${patienceMs / 1000} s. See "npm run hub -- delivery list demo" for what the hub did with it.`,
    );
  }
  if (records.length > 1) throw new DemoError(`The CRM has ${records.length} records of this one call.`);
}

function assertReported({ ring, posts }: Played): void {
  if (ring === null) throw new DemoError('No CRM template is installed in 3CX. Start the hub with "npm start".');
  const failed = posts.find(({ status }) => status !== 200);
  if (failed === undefined) return;
  if (failed.status === null) throw new DemoError('The hub was not told of the call. Start it with "npm start".');
  throw new DemoError(`The hub refused the report with HTTP ${failed.status}: ${failed.detail}`);
}
