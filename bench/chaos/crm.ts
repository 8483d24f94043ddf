import { setStage } from '../../e2e/stage.ts';
import { readCallers } from './callers.ts';
import { type HubProcesses, startHubProcesses } from './hub-processes.ts';
import { workInTwenty } from './member.ts';
import { hubMishaps, runMishaps, twentyMishaps } from './mishaps.ts';
import type { ChaosOptions, ChaosResult } from './options.ts';
import { reportCalls } from './phone-system.ts';
import { waitUntilCopied, waitUntilQuiet } from './quiet.ts';
import { startTwentyProcess, type TwentyProcess } from './twenty-process.ts';
import { verifyCalls } from './verify-calls.ts';
import { verifyHub } from './verify-hub.ts';
import { verifyLookups } from './verify-lookups.ts';
import { verifyMirror } from './verify-mirror.ts';
import { verifyWishes } from './verify-wishes.ts';
import { beginLoad, type Ground, type Outcome, withHub } from './with-hub.ts';

/** Calls come in and members work in Twenty, while hub and Twenty are killed, cut off and slowed down; then all is compared. */
export async function runCrmChaos(options: ChaosOptions): Promise<ChaosResult> {
  const started = Promise.withResolvers<TwentyProcess>();
  const stage = await setStage({}, async (where) => {
    const twenty = await startTwentyProcess(where);
    started.resolve(twenty);
    return twenty;
  });
  const twenty = await started.promise;
  return await withHub(stage, startHubProcesses, options, async (ground) => await play(ground, twenty, options));
}

async function play(
  { stage, hub, database, quiet }: Ground<HubProcesses>,
  twenty: TwentyProcess,
  options: ChaosOptions,
): Promise<Outcome> {
  await stage.provision();
  await waitUntilCopied(quiet);
  const callers = await readCallers(stage.crm);
  const { random, over, trouble } = beginLoad(options);
  const [calls, wishes, ...faults] = await Promise.all([
    reportCalls(stage, callers, random.derive('calls'), over),
    workInTwenty(stage.crm, random.derive('member'), over),
    runMishaps(random.derive('worker'), hubMishaps(hub, 'worker'), [5000, 20_000], trouble),
    runMishaps(random.derive('web'), hubMishaps(hub, 'web'), [10_000, 30_000], trouble),
    runMishaps(random.derive('twenty'), twentyMishaps(twenty), [500, 4000], trouble),
  ]);
  await twenty.clearFaults();
  options.say(`${calls.length} calls accepted, ${wishes.person.size} people changed; the troubles are over`);
  await waitUntilQuiet(quiet);
  const findings = [
    ...(await verifyCalls(stage.crm, calls)),
    ...(await verifyWishes(stage.crm, wishes)),
    ...(await verifyMirror(stage.crm, database)),
    ...(await verifyLookups(stage, wishes)),
    ...(await verifyHub(stage, database, calls.length)),
  ];
  return { faults, findings };
}
