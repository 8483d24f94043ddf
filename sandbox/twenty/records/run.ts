import { sweepFiles } from '../files/record-files.ts';
import type { Arguments } from './arguments.ts';
import { checkAllowed, requireId, requireList, requireObject } from './arguments.ts';
import { findDuplicates } from './duplicates.ts';
import { findMany, findOne } from './find.ts';
import { groupBy } from './group-by.ts';
import type { Operation } from './operations.ts';
import { projectRecords } from './project.ts';
import type { Selection } from './selection.ts';
import type { Session } from './session.ts';
import { createRecords, type Written } from './write/create.ts';
import { destroy, restore, softDelete, type Target } from './write/remove.ts';
import { updateMany, updateOne } from './write/update.ts';
import { guardMembers } from './write/members.ts';

/** Runs one record operation and answers what was selected. */
export async function runOperation(
  session: Session,
  operation: Operation,
  args: Arguments,
  selection: Selection | null,
): Promise<unknown> {
  const { object, action } = operation;
  switch (action) {
    case 'findMany':
      return findMany(session, object, args, selection);
    case 'findOne':
      return findOne(session, object, args, selection);
    case 'groupBy':
      return groupBy(session, object, args, selection);
    case 'findDuplicates':
      return findDuplicates(session, object, args, selection);
    default: {
      guardMembers(session, operation);
      const written = await write(session, operation, args);
      session.server.webhooks.emit(session, written.events);
      await sweepFiles(session, object);
      const records = await projectRecords(session, object, written.rows, selection);
      return action.endsWith('Many') ? records : records[0];
    }
  }
}

function write(session: Session, { object, action }: Operation, args: Arguments): Promise<Written> {
  checkAllowed(args, ALLOWED[action] ?? []);
  const isUpsert = args['upsert'] === true;
  switch (action) {
    case 'createOne':
      return createRecords(session, object, [requireObject(args, 'data')], isUpsert);
    case 'createMany':
      return createRecords(session, object, requireList(args, 'data'), isUpsert);
    case 'updateOne':
      return updateOne(session, object, requireId(args), requireObject(args, 'data'));
    case 'updateMany':
      return updateMany(session, object, requireObject(args, 'filter'), requireObject(args, 'data'));
    case 'deleteOne':
    case 'deleteMany':
      return softDelete(session, object, targetOf(action, args));
    case 'restoreOne':
    case 'restoreMany':
      return restore(session, object, targetOf(action, args));
    case 'destroyOne':
    case 'destroyMany':
      return destroy(session, object, targetOf(action, args));
    default:
      throw new Error(`${action} is no write`);
  }
}

const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  createOne: ['data', 'upsert'],
  createMany: ['data', 'upsert'],
  updateOne: ['id', 'data'],
  updateMany: ['filter', 'data'],
  deleteOne: ['id'],
  deleteMany: ['filter'],
  restoreOne: ['id'],
  restoreMany: ['filter'],
  destroyOne: ['id'],
  destroyMany: ['filter'],
};

function targetOf(action: string, args: Arguments): Target {
  return action.endsWith('One') ? { id: requireId(args) } : { filter: requireObject(args, 'filter') };
}
