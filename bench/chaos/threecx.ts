import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startThreecx, type Threecx } from '@switchboard/sandbox/threecx';
import { setStage, type Stage } from '../../e2e/stage.ts';
import { type Finding, wrong } from './finding.ts';
import { type HubDatabase, openHubDatabase } from './hub-database.ts';
import { runMishaps } from './mishaps.ts';
import { type OneHub, startOneHub } from './one-hub.ts';
import type { ChaosOptions, ChaosResult } from './options.ts';
import { waitUntilCopied, waitUntilQuiet } from './quiet.ts';
import { createRandom } from './random.ts';
import { keep, resultOf, tell } from './telling.ts';
import { playCalls } from './threecx-calls.ts';
import { trueCalls } from './threecx-ledger.ts';
import { oneHubMishaps, outageOf, pbxMishaps } from './threecx-mishaps.ts';
import { mirroredObjects } from './verify-mirror.ts';
import { verifyThreecx } from './verify-threecx.ts';

type World = {
  readonly stage: Stage;
  readonly pbx: Threecx;
  readonly hub: OneHub;
  readonly database: HubDatabase;
};

/** A post waits up to a minute for the call log, which is read every 20 s and in which the newest minute may be missing. */
const SETTLING_MS = 100_000;

/** A PBX plays calls of every kind, while it and the hub suffer; then its call log is compared with the CRM. */
export async function runThreecxChaos(options: ChaosOptions): Promise<ChaosResult> {
  const dataDir = await mkdtemp(join(tmpdir(), 'switchboard-chaos-data-'));
  const stage = await setStage({ DATA_DIR: dataDir });
  const database = openHubDatabase(stage.env['DATABASE_URL'] ?? '');
  const pbx = await startThreecx();
  try {
    const hub = await startOneHub(stage.env);
    try {
      return await play({ stage, pbx, hub, database }, options);
    } catch (error) {
      if (!options.signal.aborted) options.say(`the hub's log is in ${await keep('hub.log', hub.output())}`);
      throw error;
    } finally {
      await hub.stop();
    }
  } finally {
    await pbx.close();
    await database.close();
    await stage.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function play(world: World, { seed, minutes, say, signal }: ChaosOptions): Promise<ChaosResult> {
  const { stage, pbx, hub, database } = world;
  const quiet = { stage, database, mirrored: mirroredObjects, say, signal };
  await stage.provision();
  await connect(stage, pbx);
  await waitUntilCopied(quiet);
  const random = createRandom(seed);
  const over = AbortSignal.any([signal, AbortSignal.timeout(minutes * 60_000)]);
  const trouble = { over, say };
  say(`the load begins and lasts ${minutes} minutes`);
  const [plays, ...faults] = await Promise.all([
    playCalls(pbx, random.derive('calls'), over),
    suffer(pbx, minutes, trouble),
    runMishaps(random.derive('pbx'), pbxMishaps(pbx), [3000, 15_000], trouble),
    runMishaps(random.derive('hub'), oneHubMishaps(hub), [15_000, 45_000], trouble),
  ]);
  pbx.faults.clear();
  await pbx.idle();
  await endWithACall(pbx);
  const calls = trueCalls(pbx.ledger.rows());
  say(`${plays} scenarios played, ${calls.length} calls with somebody outside; the troubles are over`);
  await sleep(SETTLING_MS, undefined, { signal });
  // Nothing is asked of the mirror here.
  await waitUntilQuiet({ ...quiet, mirrored: [] });
  const seen = await database.events('call.ringing');
  say(`${seen.length} calls were seen while they went on`);
  const findings = [...(await verifyThreecx(stage.crm, calls)), ...(await nothingRings(database))];
  if (findings.length > 0) await tell(findings, hub.output(), say);
  return resultOf(
    findings,
    faults.reduce((sum, count) => sum + count, 0),
  );
}

/** Gives the plugin both clients of the PBX, and the PBX its template. */
async function connect(stage: Stage, pbx: Threecx): Promise<void> {
  const secretOf = (id: string) => pbx.principals.all().find(({ clientId }) => clientId === id)?.secret;
  const answer = await stage.api('POST', '/tenants/acme/plugins/threecx/enable', {
    config: {
      pbxUrl: pbx.url,
      liveClientId: 'crmlive',
      liveSecret: secretOf('crmlive'),
      syncClientId: 'crmsync',
      syncSecret: secretOf('crmsync'),
    },
  });
  if (answer.status >= 300) throw new Error(`The plugin does not take its settings: ${JSON.stringify(answer)}`);
  const template = await fetch(`${stage.url}/api/v1/tenants/acme/plugins/threecx/doors/template.xml`, {
    headers: { authorization: `Bearer ${stage.env['OPERATOR_TOKEN']}` },
  });
  await pbx.installTemplate(await template.text(), { values: { ApiKey: stage.threecxKey } });
}

/** The one long outage of the run. @returns how many there were */
async function suffer(
  pbx: Threecx,
  minutes: number,
  { over, say }: { readonly over: AbortSignal; readonly say: (text: string) => void },
): Promise<number> {
  const { afterMs, ms } = outageOf(minutes);
  await sleep(afterMs, undefined, { signal: over }).catch(() => undefined);
  if (over.aborted) return 0;
  say(`3CX: down for ${ms} ms`);
  await pbx.faults.inject({ kind: 'down', ms });
  await sleep(ms, undefined, { signal: over }).catch(() => undefined);
  return 1;
}

/** The hub reads the call log when a newer call stands in it: the last call of all tells that of those that ended after the newest began. */
async function endWithACall(pbx: Threecx): Promise<void> {
  await pbx.play({ scenario: 'inbound', number: '+31201234567', ringSeconds: 1, talkSeconds: 1 }).done;
}

async function nothingRings(database: HubDatabase): Promise<Finding[]> {
  const shown = await database.shown('calls');
  return shown.map((card) => wrong(`a call that is over is still shown: ${JSON.stringify(card)}`));
}
