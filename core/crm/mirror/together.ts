import type { CrmReader } from '../../contract/crm.ts';
import type { Executor } from '../../store/database.ts';
import { createTogether } from '../../store/together.ts';
import { type Equality, findByKeys, findEqual, findRecords, type RecordId } from './find.ts';

/** Questions in one statement. */
const mostTogether = 200;
/** Records by their ids come from one index each: a page names many. */
const mostRecords = 1000;

/**
 * A reader whose questions are one statement when they are asked at the same time: twenty telephones that ring at once ask the same few things of
 * twenty callers, and a statement costs more than what it finds.
 */
export function readTogether(db: Executor, tenantId: string, reader: CrmReader): CrmReader {
  const get = createTogether((asked: readonly RecordId[]) => findRecords(db, tenantId, asked), mostRecords);
  const byPhone = createTogether(
    (numbers: readonly string[]) => findByKeys(db, tenantId, 'phone', numbers),
    mostTogether,
  );
  const byField = createTogether((asked: readonly Equality[]) => findEqual(db, tenantId, asked), mostTogether);
  return {
    ...reader,
    get: (object, id) => get('', { object, id }),
    getMany: async (object, ids) => {
      const asked = [...new Set(ids)];
      const records = await Promise.all(asked.map(async (id) => [id, await get('', { object, id })] as const));
      return new Map(records.flatMap(([id, record]) => (record === undefined ? [] : [[id, record] as const])));
    },
    findByPhone: (e164) => byPhone('', e164),
    // Those of one object take about as long.
    findBy: (object, field, value, limit = 100) => byField(object, { object, field, value, limit }),
  };
}
