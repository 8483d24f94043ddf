import { setStage, type Stage } from '../../e2e/stage.ts';
import { readCallers } from './callers.ts';
import { type HubDatabase, openHubDatabase } from './hub-database.ts';
import { type HubProcesses, startHubProcesses } from './hub-processes.ts';
import { workInTwenty } from './member.ts';
import { hubMishaps, runMishaps, twentyMishaps } from './mishaps.ts';
import { reportCalls } from './phone-system.ts';
import type { ChaosOptions, ChaosResult } from './options.ts';
import { waitUntilCopied, waitUntilQuiet } from './quiet.ts';
import { createRandom } from './random.ts';
import { keep, resultOf, tell } from './telling.ts';
import { startTwentyProcess, type TwentyProcess } from './twenty-process.ts';
import { verifyCalls } from './verify-calls.ts';
import { verifyHub } from './verify-hub.ts';
import { verifyLookups } from './verify-lookups.ts';
import { mirroredObjects, verifyMirror } from './verify-mirror.ts';
import { verifyWishes } from './verify-wishes.ts';

type World = {
  readonly stage: Stage;
  readonly twenty: TwentyProcess;
  readonly hub: HubProcesses;
  readonly database: HubDatabase;
};

/** Calls come in and members work in Twenty, while hub and Twenty are killed, cut off and slowed down; then all is compared. */
export async function runCrmChaos(options: ChaosOptions): Promise<ChaosResult> {
  let twenty: TwentyProcess | undefined;
  const stage = await setStage({}, async (where) => (twenty = await startTwentyProcess(where)));
  if (twenty === undefined) throw new Error('The stage started no Twenty');
  const database = openHubDatabase(stage.env['DATABASE_URL'] ?? '');
  try {
    const hub = await startHubProcesses(stage.env);
    try {
      return await play({ stage, twenty, hub, database }, options);
    } catch (error) {
      if (!options.signal.aborted) options.say(`the hub's log is in ${await keep('hub.log', hub.output())}`);
      throw error;
    } finally {
      await hub.stop();
    }
  } finally {
    await database.close();
    await stage.close();
  }
}

async function play(world: World, { seed, minutes, say, signal }: ChaosOptions): Promise<ChaosResult> {
  const { stage, twenty, hub, database } = world;
  const quiet = { stage, database, mirrored: mirroredObjects, say, signal };
  await stage.provision();
  await waitUntilCopied(quiet);
  const callers = await readCallers(stage.crm);
  const random = createRandom(seed);
  const over = AbortSignal.any([signal, AbortSignal.timeout(minutes * 60_000)]);
  const trouble = { over, say };
  say(`the load begins and lasts ${minutes} minutes`);
  const [calls, wishes, ...faults] = await Promise.all([
    reportCalls(stage, callers, random.derive('calls'), over),
    workInTwenty(stage.crm, random.derive('member'), over),
    runMishaps(random.derive('worker'), hubMishaps(hub, 'worker'), [5000, 20_000], trouble),
    runMishaps(random.derive('web'), hubMishaps(hub, 'web'), [10_000, 30_000], trouble),
    runMishaps(random.derive('twenty'), twentyMishaps(twenty), [500, 4000], trouble),
  ]);
  await twenty.clearFaults();
  say(`${calls.length} calls accepted, ${wishes.person.size} people changed; the troubles are over`);
  await waitUntilQuiet(quiet);
  const findings = [
    ...(await verifyCalls(stage.crm, calls)),
    ...(await verifyWishes(stage.crm, wishes)),
    ...(await verifyMirror(stage.crm, database)),
    ...(await verifyLookups(stage, wishes)),
    ...(await verifyHub(stage, database, calls.length)),
  ];
  if (findings.length > 0) await tell(findings, hub.output(), say);
  return resultOf(
    findings,
    faults.reduce((sum, count) => sum + count, 0),
  );
}
