import { bodyOf, type MemberRoute, NotFoundError } from '@switchboard/core/contract';
import { z } from 'zod';
import type { Context } from '../services.ts';
import { addReminder, changeReminder } from './reminders.ts';

const id = z.uuid('must be an id').toLowerCase();
const note = z.string().trim().max(500, 'must have at most 500 characters');
/** Nobody plans further, and dates that PostgreSQL does not know are none. */
const dueAt = z.iso
  .datetime({ offset: true })
  .transform((text) => new Date(text))
  .refine((date) => date.getUTCFullYear() >= 2000 && date.getUTCFullYear() < 2100, 'must be within this century');

const added = z.object({
  id,
  object: z.enum(['person', 'company', 'location', 'serviceCase', 'phoneCall']),
  recordId: id,
  note,
  dueAt,
});
const changed = z.object({ id, note: note.optional(), dueAt: dueAt.optional(), isDone: z.boolean().optional() });

/** Each member has the own reminders, and sees nobody else's. */
export const reminderRoutes: readonly MemberRoute<Context>[] = [
  {
    method: 'POST',
    path: '/reminders/add',
    summary: 'Makes a reminder about a record; the same id twice is one',
    handle: async ({ commit }, request) => {
      const reminder = bodyOf(added, request);
      if ((await request.crm.get(reminder.object, reminder.recordId)) === undefined) {
        throw new NotFoundError('There is no such record', {
          field: 'body.recordId',
          remedy: 'It may have been deleted in Twenty, or your role may not see it.',
        });
      }
      await commit({ rows: async (tables) => await addReminder(tables, { ...reminder, memberId: request.member.id }) });
      return { status: 201, body: { id: reminder.id } };
    },
  },
  {
    method: 'POST',
    path: '/reminders/change',
    summary: 'Moves, rewrites, ticks off or takes up again a reminder of one’s own',
    handle: async ({ commit, clock }, request) => {
      const { id: reminderId, ...change } = bodyOf(changed, request);
      const own = { id: reminderId, memberId: request.member.id };
      await commit({ rows: async (tables) => await changeReminder(tables, own, change, new Date(clock.now())) });
      return { body: { id: reminderId } };
    },
  },
];
