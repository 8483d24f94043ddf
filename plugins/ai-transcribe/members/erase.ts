import { randomUUID } from 'node:crypto';
import {
  bodyOf,
  ConflictError,
  job,
  type MemberRequest,
  type MemberRoute,
  NotFoundError,
  queryOf,
} from '@switchboard/core/contract';
import { z } from 'zod';
import { findSaid } from '../forget-work.ts';
import type { Context } from '../services.ts';
import { addErasure, type Erasure, lastErasure } from '../store/erasures.ts';
import { countTexts } from '../store/forget.ts';

const PERMISSION = 'plugins.manage';
/** More are deleted all the same; a person who decides has no need of the exact number. */
const MOST_COUNTED = 1_000;
const personId = z.uuid().toLowerCase();

/** What would go, and how far it is that somebody wanted to go before. */
export const preview: MemberRoute<Context> = {
  method: 'GET',
  path: '/people/said',
  summary:
    'How much there is of what a person said: calls, transcripts, lines, and the last wish to delete it (?personId=ID)',
  permission: PERMISSION,
  async handle(context, request) {
    const wanted = queryOf(z.object({ personId }), request);
    await seen(request, wanted.personId);
    const counted = await count(context, wanted.personId);
    const last = await lastErasure(context.tables, wanted.personId);
    return { body: { ...counted, erasure: last === undefined ? null : shown(last) } };
  },
};

/** Everything that a person said goes: text, corrections, search and waveforms in the hub, text in Twenty, sound in the hub. */
export const erase: MemberRoute<Context> = {
  method: 'POST',
  path: '/people/erase',
  summary: 'Deletes everything that a person said in calls; `calls` is the number that the preview has shown',
  permission: PERMISSION,
  async handle(context, request) {
    const { calls, ...wanted } = bodyOf(z.object({ personId, calls: z.number().int().min(0) }), request);
    await seen(request, wanted.personId);
    const now = await count(context, wanted.personId);
    if (now.calls !== calls)
      throw new ConflictError('There are more or fewer calls by now', {
        remedy: 'Look at the numbers again, then decide.',
      });
    const id = randomUUID();
    await context.commit({
      rows: async (rows) => await addErasure(rows, { id, ...wanted, wantedBy: request.member.email }),
      jobs: [job(findSaid, { erasureId: id }, id)],
      audit: [
        {
          actor: request.member.email,
          action: 'said.erased',
          subject: `person/${wanted.personId}`,
          details: { erasure: id, ...now },
        },
      ],
    });
    return { status: 202, body: { accepted: true } };
  },
};

async function count({ crm, tables }: Context, id: string) {
  const calls = await crm.findBy('phoneCall', 'personId', id, MOST_COUNTED);
  const counts = await countTexts(
    tables,
    calls.map((call) => call.id),
  );
  return { calls: calls.length, isMore: calls.length === MOST_COUNTED, ...counts };
}

/** @throws NotFoundError for a person that the member does not see */
async function seen({ crm }: Pick<MemberRequest, 'crm'>, id: string): Promise<void> {
  if ((await crm.get('person', id)) === undefined) throw new NotFoundError('There is no such person');
}

function shown({ wantedBy, wantedAt, calls, done, isSearched }: Erasure): object {
  return { wantedBy, wantedAt: wantedAt.toISOString(), calls, done, isDone: isSearched && done >= calls };
}
