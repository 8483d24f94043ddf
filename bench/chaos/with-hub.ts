import type { Stage } from '../../e2e/stage.ts';
import type { Finding } from './finding.ts';
import { type HubDatabase, openHubDatabase } from './hub-database.ts';
import type { ChaosOptions, ChaosResult } from './options.ts';
import type { QuietOptions } from './quiet.ts';
import { createRandom } from './random.ts';
import { keep, resultOf, tell } from './telling.ts';
import { mirroredObjects } from './verify-mirror.ts';

type RunningHub = { readonly output: () => string; readonly stop: () => Promise<void> };

/** A hub on a stage, and what is needed to see whether it has come to rest. */
export type Ground<Hub> = {
  readonly stage: Stage;
  readonly hub: Hub;
  readonly database: HubDatabase;
  readonly quiet: QuietOptions;
};

/** What came of a run: how often each kind of trouble struck, and what was found to be wrong. */
export type Outcome = { readonly faults: readonly number[]; readonly findings: readonly Finding[] };

/** Starts the hub, lets the run play on it, and closes it with the stage. The hub's log is kept if something went wrong. */
export async function withHub<Hub extends RunningHub>(
  stage: Stage,
  startHub: (env: Stage['env']) => Promise<Hub>,
  { say, signal }: ChaosOptions,
  play: (ground: Ground<Hub>) => Promise<Outcome>,
): Promise<ChaosResult> {
  const database = openHubDatabase(stage.env['DATABASE_URL'] ?? '');
  try {
    const hub = await startHub(stage.env);
    try {
      const quiet = { stage, database, mirrored: mirroredObjects, say, signal };
      const { faults, findings } = await play({ stage, hub, database, quiet });
      if (findings.length > 0) await tell(findings, hub.output(), say);
      return resultOf(
        findings,
        faults.reduce((sum, count) => sum + count, 0),
      );
    } catch (error) {
      if (!signal.aborted) say(`the hub's log is in ${await keep('hub.log', hub.output())}`);
      throw error;
    } finally {
      await hub.stop();
    }
  } finally {
    await database.close();
    await stage.close();
  }
}

/** From now on load and troubles last as long as the run was told. */
export function beginLoad({ seed, minutes, say, signal }: ChaosOptions) {
  const over = AbortSignal.any([signal, AbortSignal.timeout(minutes * 60_000)]);
  say(`the load begins and lasts ${minutes} minutes`);
  return { random: createRandom(seed), over, trouble: { over, say } };
}
