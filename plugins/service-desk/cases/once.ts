import { createHash } from 'node:crypto';
import {
  type Changes,
  ConflictError,
  json,
  type PlainChanges,
  type PluginTables,
  sql,
  thisTenant,
} from '@switchboard/core/contract';

/** One click of a member: the same again, whenever and wherever it arrives, changes nothing and is answered the same. */
export interface Click {
  readonly memberId: string;
  readonly requestId: string;
  /** What is asked for: another thing under the same id is a mistake of the caller. */
  readonly asked: unknown;
}

type Done<Answer> = { readonly answer: Answer; readonly changes: PlainChanges };

/**
 * Does something in one transaction, at most once per click. A second click waits for the first and gets its answer.
 *
 * @throws ConflictError when the id was used for something else
 */
export async function once<Answer extends object>(
  commit: (changes: Changes) => Promise<void>,
  { memberId, requestId, asked }: Click,
  work: (tables: PluginTables) => Promise<Done<Answer>>,
): Promise<Answer> {
  const hash = createHash('sha256').update(JSON.stringify(asked)).digest('base64url');
  let answer: Answer | undefined;
  await commit({
    rows: async (tables) => {
      const mine = await tables.query(sql`
        insert into service_desk_request (tenant_id, member_id, request_id, asked)
        values (${thisTenant}, ${memberId}, ${requestId}, ${hash}) on conflict do nothing returning request_id`);
      if (mine.length === 0) {
        answer = await firstAnswer<Answer>(tables, { memberId, requestId, hash });
        return undefined;
      }
      const done = await work(tables);
      await tables.query(sql`
        update service_desk_request set answer = ${json(done.answer)}::jsonb
        where tenant_id = ${thisTenant} and member_id = ${memberId} and request_id = ${requestId}`);
      answer = done.answer;
      return done.changes;
    },
  });
  if (answer === undefined) throw new TypeError('A click without an answer');
  return answer;
}

async function firstAnswer<Answer>(
  tables: PluginTables,
  { memberId, requestId, hash }: { readonly memberId: string; readonly requestId: string; readonly hash: string },
): Promise<Answer> {
  const [first] = await tables.query<{ asked: string; answer: Answer }>(sql`
    select asked, answer from service_desk_request
    where tenant_id = ${thisTenant} and member_id = ${memberId} and request_id = ${requestId}`);
  if (first === undefined || first.asked !== hash) {
    throw new ConflictError('This request was sent before with other content', {
      field: 'body.requestId',
      remedy: 'Make a new id for each click.',
    });
  }
  return first.answer;
}
