import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startPostgres } from '@switchboard/core/testing/postgres';
import { runCrmChaos } from './crm.ts';
import type { ChaosOptions, ChaosResult } from './options.ts';
import { runThreecxChaos } from './threecx.ts';

const USAGE = 'Usage: npm run chaos -- crm|threecx [--minutes 3] [--seed WORD] [--json]';

const worlds: Readonly<Record<string, (options: ChaosOptions) => Promise<ChaosResult>>> = {
  crm: runCrmChaos,
  threecx: runThreecxChaos,
};
/** The member's token, with which everything is compared at the end, lives for half an hour. */
const LONGEST_MINUTES = 20;

type Orders = Pick<ChaosOptions, 'minutes' | 'seed'> & {
  readonly runWorld: (typeof worlds)[string];
  readonly json: boolean;
};

function readOrders(): Orders {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      minutes: { type: 'string', default: '3' },
      seed: { type: 'string', default: randomBytes(4).toString('hex') },
      json: { type: 'boolean', default: false },
    },
  });
  const minutes = Number(values.minutes);
  const runWorld = worlds[positionals.join()];
  if (runWorld === undefined) throw new Error(USAGE);
  if (!(minutes > 0 && minutes <= LONGEST_MINUTES))
    throw new Error(`--minutes must be from 0 to ${LONGEST_MINUTES}. ${USAGE}`);
  return { runWorld, minutes, seed: values.seed, json: values.json };
}

async function run({ runWorld, minutes, seed, json }: Orders): Promise<ChaosResult> {
  const startedAt = Date.now();
  // People may read along while a program reads the last line of the output.
  const say = (text: string): void => {
    const at = ((Date.now() - startedAt) / 1000).toFixed(1).padStart(6);
    (json ? console.error : console.log)(`${at} s  ${text}`);
  };
  say(`seed ${seed}: repeat this run with --seed ${seed} --minutes ${minutes}`);
  const dataDir = join(tmpdir(), `switchboard-chaos-${process.pid}`);
  const log = { debug() {}, info() {}, warn: console.error, error: console.error };
  const settings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };
  const postgres = await startPostgres({ dataDir, log, settings });
  process.env['TEST_DATABASE_URL'] = postgres.url;
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort(new Error('Stopped by Ctrl-C: there is no result.')));
  try {
    return await runWorld({ seed, minutes, say, signal: stop.signal });
  } catch (error) {
    // What breaks because everything is being stopped is of no interest.
    stop.signal.throwIfAborted();
    throw error;
  } finally {
    await postgres.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}

try {
  const orders = readOrders();
  const result = await run(orders);
  const { lost, duplicated, wrong, faults } = result;
  if (orders.json) console.log(JSON.stringify(result));
  else console.log(`${lost} lost, ${duplicated} duplicated, ${wrong} wrong after ${faults} faults`);
  process.exitCode = lost + duplicated + wrong === 0 ? 0 : 1;
} catch (error) {
  const { message, cause } = error as Error;
  console.error(cause instanceof Error ? `${message}: ${cause.message}` : message);
  process.exitCode = 1;
}
