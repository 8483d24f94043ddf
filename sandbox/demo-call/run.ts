import type { SandboxState } from '../state.ts';
import type { PlayedCall } from '../threecx/index.ts';
import { describeEnd, describeRecord, describeRing } from './describe.ts';
import type { Options } from './options.ts';
import { waitForRecords } from './record.ts';

export type DemoCall = {
  readonly options: Options;
  readonly sandbox: Pick<SandboxState, 'threecx'> & { readonly twenty: Pick<SandboxState['twenty'], 'url' | 'apiKey'> };
  readonly patienceMs: number;
  readonly print: (line: string) => void;
};

/** Something a person has to put right first; the message says what. */
export class DemoError extends Error {
  override readonly name = 'DemoError';
}

/**
 * Makes the call and shows its record.
 * @throws DemoError when the sandbox or the hub is away, or the record does not land
 */
export async function runDemoCall({ options, sandbox, patienceMs, print }: DemoCall): Promise<void> {
  const played = await ring(sandbox.threecx.url, options);
  for (const line of describeRing(options, played)) print(line);
  print(describeEnd(options, played));
  assertReported(played);
  const { number, startedAt } = played;
  const wanted = { number, startedAt, extension: options.extension, text: options.text && options.answered };
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

async function ring(
  url: string,
  { number, extension, direction, answered, times, text }: Options,
): Promise<PlayedCall> {
  const [from, to] = direction === 'inbound' ? [number, extension] : [extension, number];
  const response = await fetch(`${url}/control/calls`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ from, to, direction, answered, times, text }),
    signal: AbortSignal.timeout(60_000),
  }).catch((cause: unknown) => {
    throw new DemoError(`The 3CX stand-in at ${url} does not answer. Start the sandbox with "npm start".`, { cause });
  });
  const answer = (await response.json()) as PlayedCall & { error?: string };
  if (!response.ok) throw new DemoError(`The 3CX stand-in refuses the call: ${answer.error ?? response.status}.`);
  return answer;
}

function assertReported({ posts }: PlayedCall): void {
  const failed = posts.find(({ status }) => status !== 200);
  if (failed === undefined) return;
  if (failed.status === null) throw new DemoError('The hub was not told of the call. Start it with "npm start".');
  throw new DemoError(`The hub refused the report with HTTP ${failed.status}: ${failed.detail}`);
}
