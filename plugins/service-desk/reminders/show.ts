import type { CrmReader, PluginTables } from '@switchboard/core/contract';
import { labelOf } from '../records/named.ts';
import { openReminders } from './reminders.ts';

export interface ShownReminder {
  readonly id: string;
  readonly object: string;
  readonly recordId: string;
  /** What the record is called; null when the member may not see it any more, or it is gone. */
  readonly about: string | null;
  readonly note: string;
  readonly dueAt: Date;
}

export async function showReminders(
  tables: PluginTables,
  crm: Pick<CrmReader, 'getMany'>,
  memberId: string,
): Promise<ShownReminder[]> {
  const reminders = await openReminders(tables, { memberId });
  const byObject = Map.groupBy(reminders, ({ object }) => object);
  const labels = new Map<string, string>();
  await Promise.all(
    [...byObject].map(async ([object, own]) => {
      const records = await crm.getMany(
        object,
        own.map(({ recordId }) => recordId),
      );
      for (const [id, record] of records) labels.set(`${object}/${id}`, labelOf(object, record));
    }),
  );
  return reminders.map((reminder) => ({
    ...reminder,
    about: labels.get(`${reminder.object}/${reminder.recordId}`) ?? null,
  }));
}
