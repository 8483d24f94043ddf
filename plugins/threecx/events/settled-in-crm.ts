import { on, recordUpdated } from '@switchboard/core/contract';
import type { Context } from '../services.ts';
import { linkOf } from '../match.ts';
import { isUnsettled, settlement } from '../settle.ts';

/** People settle calls where they see them: whoever fills in the person of an unsettled call in Twenty has decided. */
export const settledInCrm = on<Context, typeof recordUpdated.payload>(recordUpdated, async (context, { payload }) => {
  if (payload.object !== 'phoneCall') return;
  const call = await context.crm.get('phoneCall', payload.recordId);
  const personId = call && linkOf(call, 'personId');
  if (call === undefined || personId === undefined || !isUnsettled(call)) return;
  const person = await context.crm.get('person', personId);
  if (person !== undefined) await context.commit(settlement(call, person));
});
