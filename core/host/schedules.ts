import type { Queue } from '@switchboard/queue';
import type { Instance } from './instances.ts';

/** Brings the queue's schedules of one tenant in line with what its enabled plugins declare. */
export async function updateSchedules(queue: Queue, tenantId: string, instances: readonly Instance[]): Promise<void> {
  const prefix = `plugin/${tenantId}/`;
  const wanted = new Set<string>();
  for (const { plugin, context } of instances) {
    for (const schedule of plugin.schedules ?? []) {
      const key = `${prefix}${plugin.id}/${schedule.name}`;
      wanted.add(key);
      await queue.schedule({
        key,
        every: schedule.every,
        timeZone: context.tenant.timeZone,
        job: { type: schedule.type, payload: schedule.payload, tenantId, owner: plugin.id },
      });
    }
  }
  const known = (await queue.listSchedules()).filter(({ key }) => key.startsWith(prefix));
  for (const { key } of known) if (!wanted.has(key)) await queue.unschedule(key);
}
