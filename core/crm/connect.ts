import { setTimeout as delay } from 'node:timers/promises';
import type { CheckLine } from '../contract/check.ts';
import type { MirroredObject } from '../contract/crm.ts';
import type { Database } from '../store/database.ts';
import { announceChange } from '../tenants/index.ts';
import type { CrmConnections, Tenants } from '../tenants/index.ts';
import { checkInside, checkWay } from './check/check.ts';
import type { Door, Way } from './check/check.ts';
import { copyLine } from './check/copy.ts';
import type { Limits } from './limits.ts';
import { presentLimits, readAccess, storeApplication } from './session/access-store.ts';
import { readStatus } from './status.ts';
import type { Fetch } from './twenty/client.ts';
import { awaitTest, hasSession } from './webhook-test/await.ts';

/** How a tenant and a workspace of Twenty come together. */
export interface Connecting {
  /**
   * Address, version, key and rights; nothing is stored. A workspace that another tenant has, or another one than before, is a failed line.
   * @param onLine told of what is found on the way
   */
  readonly examine: (
    tenantId: string,
    door: Door,
    signal: AbortSignal,
    onLine?: (line: CheckLine) => void,
  ) => Promise<Way>;
  /** Tries out the stored address and key, notes workspace and application, and has the session begin with what was found. */
  readonly connect: (tenantId: string, signal: AbortSignal) => Promise<readonly CheckLine[]>;
  /** Resolves once a worker has begun to work for the tenant: webhooks are registered and copying begins. Or after ten seconds, when none runs. */
  readonly settled: (tenantId: string, signal: AbortSignal) => Promise<void>;
  /** Looks at everything, and where a worker runs also at whether webhooks arrive. Notes nothing. */
  readonly check: (tenantId: string, signal: AbortSignal) => Promise<readonly CheckLine[]>;
}

export type ConnectingOptions = {
  readonly database: Database;
  readonly tenants: Tenants;
  readonly connections: CrmConnections;
  readonly publicUrl: string;
  readonly fetch: Fetch;
  /** With which the hub begins. */
  readonly limits: Limits;
  readonly declared: (tenantId: string) => Promise<MirroredObject[]>;
};

/** A worker hears of a new connection at once; one that is busy ending the old session takes a moment. */
const sessionPatienceMs = 10_000;

export function createConnecting(options: ConnectingOptions): Connecting {
  const { connections, fetch } = options;
  const { db } = options.database;

  const examine: Connecting['examine'] = async (tenantId, door, signal, onLine) => {
    const way = await checkWay(door, fetch, signal, onLine);
    if (way.workspace === undefined) return way;
    const refusal = await refusalOf(options, tenantId, way.workspace.id);
    return refusal === undefined ? way : { ...way, lines: [...way.lines, refusal], workspace: undefined };
  };

  async function inside(tenantId: string, door: Door, signal: AbortSignal) {
    const [{ mirror, webhookTest }, facts, declared] = await Promise.all([
      readStatus(db, tenantId),
      readAccess(db, tenantId),
      options.declared(tenantId),
    ]);
    const missedByWebhooks = mirror.reduce((sum, { missedByWebhooks: missed }) => sum + missed, 0);
    const { publicUrl } = options;
    const limits = presentLimits(facts, options.limits);
    return await checkInside({ ...door, publicUrl, declared, limits, missedByWebhooks, webhookTest }, fetch, signal);
  }

  const copy = async (tenantId: string): Promise<CheckLine> =>
    copyLine(await readStatus(db, tenantId), await hasSession(db, tenantId));

  return {
    examine,
    async connect(tenantId, signal) {
      const door = await connections.open(tenantId);
      const { lines, workspace, serverVersion = 'unknown' } = await examine(tenantId, door, signal);
      if (workspace === undefined) return lines;
      await connections.recordCheck(tenantId, { workspaceId: workspace.id, serverVersion });
      const found = await inside(tenantId, door, signal);
      await storeApplication(db, tenantId, found.applicationId);
      await announceChange(db, tenantId);
      return [...lines, ...found.lines, await copy(tenantId)];
    },
    async settled(tenantId, signal) {
      const until = Date.now() + sessionPatienceMs;
      while (Date.now() < until && !(await hasSession(db, tenantId))) await delay(200, undefined, { signal });
    },
    async check(tenantId, signal) {
      const door = await connections.open(tenantId);
      const { lines, workspace } = await examine(tenantId, door, signal);
      if (workspace === undefined) return lines;
      await awaitTest(db, tenantId, signal);
      const { lines: more } = await inside(tenantId, door, signal);
      return [...lines, ...more, await copy(tenantId)];
    },
  };
}

/** Records of one workspace must never be written into another one, and never come from two tenants. */
async function refusalOf(
  { tenants, connections }: ConnectingOptions,
  tenantId: string,
  workspaceId: string,
): Promise<CheckLine | undefined> {
  const name = 'Workspace';
  const known = (await connections.find(tenantId))?.workspaceId;
  if (known !== undefined && known !== workspaceId) {
    const detail = 'The API key belongs to another workspace than the one this tenant was connected to.';
    const remedy = 'use a key of the same workspace, or create a tenant of its own for the other workspace';
    return { name, state: 'failed', detail, remedy, code: 'workspace.other' };
  }
  const other = (await tenants.findByWorkspace(workspaceId)).find(({ id }) => id !== tenantId);
  if (other === undefined) return undefined;
  const detail = `The tenant "${other.slug}" is connected to this workspace already.`;
  const finding = { code: 'workspace.taken', values: { tenant: other.slug } };
  return { name, state: 'failed', detail, remedy: `work with "${other.slug}", or delete it first`, ...finding };
}
