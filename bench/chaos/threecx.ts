import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startThreecx, type Threecx } from '@switchboard/sandbox/threecx';
import { setStage, type Stage } from '../../e2e/stage.ts';
import { type Finding, wrong } from './finding.ts';
import type { HubDatabase } from './hub-database.ts';
import { runMishaps } from './mishaps.ts';
import { type OneHub, startOneHub } from './one-hub.ts';
import type { ChaosOptions, ChaosResult } from './options.ts';
import { waitUntilCopied, waitUntilQuiet } from './quiet.ts';
import { playCalls } from './threecx-calls.ts';
import { trueCalls } from './threecx-ledger.ts';
import { oneHubMishaps, outageOf, pbxMishaps } from './threecx-mishaps.ts';
import { verifyThreecx } from './verify-threecx.ts';
import { beginLoad, type Ground, type Outcome, withHub } from './with-hub.ts';

/** A post waits up to a minute for the call log, which is read every 20 s and in which the newest minute may be missing. */
const SETTLING_MS = 100_000;

/** A PBX plays calls of every kind, while it and the hub suffer; then its call log is compared with the CRM. */
export async function runThreecxChaos(options: ChaosOptions): Promise<ChaosResult> {
  const dataDir = await mkdtemp(join(tmpdir(), 'switchboard-chaos-data-'));
  const stage = await setStage({ DATA_DIR: dataDir });
  const pbx = await startThreecx();
  try {
    return await withHub(stage, startOneHub, options, async (ground) => await play(ground, pbx, options));
  } finally {
    await pbx.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function play(
  { stage, hub, database, quiet }: Ground<OneHub>,
  pbx: Threecx,
  options: ChaosOptions,
): Promise<Outcome> {
  const { minutes, say, signal } = options;
  await stage.provision();
  await connect(stage, pbx);
  await waitUntilCopied(quiet);
  const { random, over, trouble } = beginLoad(options);
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
  return { faults, findings };
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
