import { sql, thisTenant, UpstreamError } from '@switchboard/core/contract';
import { linkOf } from '../malfunctions/call-state.ts';
import { caseName, isEnded, readNumber } from '../map.ts';
import { contractFor, coverNew, keepPromises } from '../promises/keep.ts';
import type { Context } from '../services.ts';
import { nextNumber, noteNumber, prepareNumbers, raiseTo } from './numbers.ts';
import { awaiting, keepPending, lockRow, readRow } from './pending.ts';

/**
 * Gives a case its number that was opened elsewhere: by a mail, in Twenty, by an import. Asked twice, it does so once.
 *
 * @throws UpstreamError while the case is on its way to the mirror: its name is needed
 */
export async function numberCase(context: Context, caseId: string): Promise<void> {
  const { crm, config, clock, commit, tables } = context;
  const record = await crm.get('serviceCase', caseId);
  if (record === undefined) {
    if ((await readRow(tables, caseId))?.deletedAt != null) return;
    throw new UpstreamError('The case is not in the mirror yet, so it cannot be numbered', {
      remedy: 'It is tried again by itself; look whether its write is held up or was refused.',
    });
  }
  await prepareNumbers(tables, crm, config.numberPrefix);
  const given = linkOf(record, 'number');
  // What brings a number of its own brings its contract as well, and what is over needs none.
  const isComplete = given !== null || isEnded(record['status']);
  const { contract, fields: covered } = isComplete
    ? { contract: await contractFor(context, record), fields: {} }
    : await coverNew(context, record);
  await commit({
    rows: async (own) => {
      // A record that comes back is there again.
      await own.query(sql`
        update service_desk_case set deleted_at = null where tenant_id = ${thisTenant} and case_id = ${caseId}`);
      const row = await lockRow(own, caseId);
      if (row.number !== null) return undefined;
      const at = new Date(clock.now());
      const serviceCase = { ...record, ...covered };
      const promised = await keepPromises(own, context, { caseId, serviceCase, changed: 'all', contract, at });
      const write = async (fields: Readonly<Record<string, unknown>>) => {
        if (Object.keys(fields).length === 0) return undefined;
        await keepPending(own, caseId, awaiting(record, row.pending, fields, at.getTime()));
        return { writes: [{ object: 'serviceCase', id: caseId, fields }] };
      };
      if (given !== null) {
        await raiseTo(own, readNumber(config.numberPrefix, given) ?? 0);
        return await write(promised);
      }
      const number = await nextNumber(own, config.numberPrefix);
      await noteNumber(own, caseId, number);
      const subject = textOf(record['subject']) || textOf(record['name']);
      return await write({
        number,
        ...(subject === '' ? {} : { subject, name: caseName(number, subject) }),
        ...covered,
        ...promised,
      });
    },
  });
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
