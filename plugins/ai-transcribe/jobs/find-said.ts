import { handle, job } from '@switchboard/core/contract';
import { findSaid as type, forgetCall } from '../forget-work.ts';
import type { Context } from '../services.ts';
import { findErasure, noteFound } from '../store/erasures.ts';

const PAGE = 1_000;

/** Goes through all calls page by page: what is done stays done when the hub is stopped in between. */
export const findSaid = handle<Context, typeof type.payload>(
  type,
  async ({ tables, crm, commit }, { erasureId, after }) => {
    const erasure = await findErasure(tables, erasureId);
    if (erasure === undefined || erasure.isSearched) return;
    const calls = await crm.all('phoneCall', { limit: PAGE, ...(after === undefined ? {} : { after }) });
    const own = calls.filter(({ personId }) => personId === erasure.personId);
    const last = calls.at(-1)?.id;
    const isSearched = calls.length < PAGE || last === undefined;
    await commit({
      rows: async (rows) => await noteFound(rows, erasureId, { calls: own.length, isSearched }),
      jobs: [
        ...own.map(({ id }) => job(forgetCall, { callId: id, erasureId }, `${erasureId}/${id}`)),
        ...(isSearched ? [] : [job(type, { erasureId, after: last }, `${erasureId}/${last}`)]),
      ],
    });
  },
);
