import type { Backlog, Queue } from '@switchboard/queue';
import type { Kysely } from 'kysely';
import type { Crm } from '../crm/index.ts';
import { countByHour, type HourlyCount } from '../deliveries/index.ts';
import type { Registry } from '../host/registry.ts';
import { heldLinks } from '../host/links.ts';
import type { Tables } from '../store/tables.ts';
import type { PluginSetting, PluginSettings, Tenants } from '../tenants/index.ts';

/** What a tenant's hub is busy with, for somebody who has ten seconds. */
export interface Work extends Backlog {
  /** Writes that Twenty refused. */
  readonly parked: number;
  /** Those that are not disabled. */
  readonly plugins: readonly WorkingPlugin[];
  /** Deliveries of the last 24 hours, oldest hour first; hours without any are not named. */
  readonly hours: readonly HourlyCount[];
}

export interface WorkingPlugin {
  readonly id: string;
  readonly name: string;
  readonly state: PluginSetting['state'];
  /** Why it is paused; empty otherwise. */
  readonly detail: string;
  /** Whether a process holds its live link now; `none` for a plugin that has none. */
  readonly link: 'open' | 'closed' | 'none';
}

/** More than that a person cannot put right one by one. */
const mostStuck = 10_000;

/** How much waits for a person: what gave up, and what Twenty refused. Every page of an administrator asks for it, again and again. */
export function createStuckCounter({ queue, crm, tenants }: Pick<WorkDeps, 'queue' | 'crm' | 'tenants'>) {
  return async (tenant: string): Promise<number> => {
    const { id } = await tenants.get(tenant);
    const counts = await Promise.all([
      queue.deadLetters.count({ tenantId: id }, mostStuck),
      crm.countParked(id, mostStuck),
    ]);
    return counts.reduce((sum, count) => sum + count);
  };
}

interface WorkDeps {
  readonly db: Kysely<Tables>;
  readonly queue: Pick<Queue, 'backlog' | 'deadLetters'>;
  readonly crm: Pick<Crm, 'status' | 'countParked'>;
  readonly registry: Registry;
  readonly settings: Pick<PluginSettings, 'list'>;
  readonly tenants: Tenants;
}

export function createWorkReader({ db, queue, crm, registry, settings, tenants }: WorkDeps) {
  return async (tenant: string): Promise<Work> => {
    const { id } = await tenants.get(tenant);
    const [backlog, { outbox }, known, links, hours] = await Promise.all([
      queue.backlog(id),
      crm.status(id),
      settings.list(id),
      heldLinks(db, id),
      countByHour(db, id),
    ]);
    const plugins = known
      .filter(({ state }) => state !== 'disabled')
      .map(({ pluginId, state, pauseReason }): WorkingPlugin => {
        const plugin = registry.plugins.find((one) => one.id === pluginId);
        const link = plugin?.start === undefined ? 'none' : links.has(pluginId) ? 'open' : 'closed';
        return { id: pluginId, name: plugin?.name ?? pluginId, state, detail: pauseReason ?? '', link };
      });
    return { ...backlog, parked: outbox.parked, plugins, hours };
  };
}
