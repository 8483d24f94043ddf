import {
  type EventSubscription,
  on,
  recordCreated,
  recordDeleted,
  recordUpdated,
  sql,
  thisTenant,
} from '@switchboard/core/contract';
import type { Context } from '../services.ts';
import { announcement, placeOf } from './announce.ts';
import { linkOf } from './call-state.ts';
import { countMembers } from './count.ts';
import { folderChanged } from './move.ts';

/** What people do with folders and their members in Twenty. */

interface Changed {
  readonly object: string;
  readonly recordId: string;
  readonly updatedFields?: readonly string[] | undefined;
}

async function heard(context: Context, { object, recordId, updatedFields }: Changed): Promise<void> {
  const { crm, clock } = context;
  const now = clock.now();
  if (object === 'malfunction') {
    const record = await crm.get('malfunction', recordId);
    const place = record === undefined ? '' : await placeOf(crm, record);
    await context.commit({ live: [announcement(recordId, record, place), folderChanged(recordId, now)] });
  }
  const isMember = object === 'serviceCase' || object === 'phoneCall';
  if (!isMember) return;
  const folderId = linkOf(await crm.get(object, recordId), 'malfunctionId');
  const isMoved = updatedFields === undefined || updatedFields.some((name) => name.startsWith('malfunction'));
  // Out of which folder, Twenty does not tell: its page finds out when it is opened, its numbers with the next change.
  if (folderId === null) return;
  await context.commit({
    live: [folderChanged(folderId, now)],
    jobs: isMoved ? [countMembers(folderId, now)] : [],
  });
}

const created = on<Context, typeof recordCreated.payload>(recordCreated, async (context, { payload }) => {
  await heard(context, payload);
});

const updated = on<Context, typeof recordUpdated.payload>(recordUpdated, async (context, { payload }) => {
  await heard(context, payload);
});

/** Nothing is left of a folder that was deleted; its cases stay as they are. */
const deleted = on<Context, typeof recordDeleted.payload>(recordDeleted, async ({ commit, clock }, { payload }) => {
  if (payload.object !== 'malfunction') return;
  const { recordId } = payload;
  await commit({
    rows: async (tables) => {
      await tables.query(sql`
        delete from service_desk_folder where tenant_id = ${thisTenant} and folder_id = ${recordId}`);
    },
    live: [announcement(recordId, undefined, ''), folderChanged(recordId, clock.now())],
  });
});

export const folderEvents: readonly EventSubscription<Context>[] = [created, updated, deleted];
