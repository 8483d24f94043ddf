import type { ObjectMetadata } from '../types.ts';
import { type Arguments, checkAllowed, isObject } from './arguments.ts';
import { projectConnection } from './connection.ts';
import { cursorOf, readOrder } from './order.ts';
import { projectRecords } from './project.ts';
import type { Projected } from './selected.ts';
import type { Selection } from './selection.ts';
import type { Row, Session } from './session.ts';
import { columnSql, createParams } from './sql.ts';
import { readInput, type Values } from './write/input.ts';
import { selectRows } from './write/rows.ts';

/** For each record sent, or named by id, the others that agree with it on one of the object's duplicate criteria. */
export async function findDuplicates(
  session: Session,
  object: ObjectMetadata,
  args: Arguments,
  selection: Selection | null,
): Promise<Projected[]> {
  checkAllowed(args, ['ids', 'data']);
  session.permissions.demand('read', object);
  const subjects = await subjectsOf(session, object, args);
  const order = readOrder(session.model, object, 'r', []);
  const nodes = selection?.get('edges')?.get('node') ?? null;
  return Promise.all(
    subjects.map(async (subject) => {
      const rows = await similarRows(session, object, subject);
      const records = await projectRecords(session, object, rows, nodes);
      return projectConnection(object, selection, {
        edges: rows.map((row, index) => ({ cursor: cursorOf(order, row), node: records[index] ?? {} })),
        hasNextPage: false,
        hasPreviousPage: false,
        aggregates: { totalCount: rows.length },
      });
    }),
  );
}

async function subjectsOf(session: Session, object: ObjectMetadata, args: Arguments): Promise<Values[]> {
  const { ids, data } = args;
  if (Array.isArray(ids)) {
    const params = createParams();
    return selectRows(session, session.db, object, `r.id = any(${params.add(ids)}::uuid[])`, params);
  }
  const list = Array.isArray(data) ? data : [data];
  return Promise.all(list.filter(isObject).map((entry) => readInput(session, object, entry)));
}

async function similarRows(session: Session, object: ObjectMetadata, subject: Values): Promise<Row[]> {
  const params = createParams();
  const criteria = (object.duplicateCriteria ?? [])
    .filter((columns) => columns.every((column) => isPresent(subject[column])))
    .map((columns) =>
      columns.map((column) => `${columnSql('r', column)} = ${params.add(subject[column])}`).join(' and '),
    );
  if (criteria.length === 0) return [];
  const others = isPresent(subject['id']) ? `and r.id <> ${params.add(subject['id'])}` : '';
  const condition = `(${criteria.join(' or ')}) and r."deletedAt" is null ${others}`;
  return selectRows(session, session.db, object, condition, params);
}

function isPresent(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '';
}
