import type { CrmReader } from '../../contract/crm.ts';
import type { Executor } from '../../store/database.ts';
import { createTogether } from '../../store/together.ts';
import { type Equality, findByKeys, findEqual, findRecords, type RecordId } from './find.ts';

/** Questions in one statement. */
const mostTogether = 200;

/**
 * A reader whose questions are one statement when they are asked at the same time: twenty telephones that ring at once ask the same few things of
 * twenty callers, and a statement costs more than what it finds.
 */
export function readTogether(db: Executor, tenantId: string, reader: CrmReader): CrmReader {
  const get = createTogether((asked: readonly RecordId[]) => findRecords(db, tenantId, asked), mostTogether);
  const byPhone = createTogether(
    (numbers: readonly string[]) => findByKeys(db, tenantId, 'phone', numbers),
    mostTogether,
  );
  const byField = createTogether((asked: readonly Equality[]) => findEqual(db, tenantId, asked), mostTogether);
  return {
    ...reader,
    get: (object, id) => get('', { object, id }),
    findByPhone: (e164) => byPhone('', e164),
    // Those of one object take about as long.
    findBy: (object, field, value, limit = 100) => byField(object, { object, field, value, limit }),
  };
}
