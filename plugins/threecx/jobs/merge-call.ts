import { handle, job } from '@switchboard/core/contract';
import { mergeAccount } from '../calls/merge.ts';
import { mergeCall as type, mergeLater as laterType } from '../calls/merge-job.ts';
import type { Context } from '../services.ts';
import { whyNotRecorded } from '../whether.ts';

/** Takes in what Call Control or the call log tells of a call, or looks again at what waited. */
export const mergeCall = handle<Context, typeof type.payload>(
  type,
  async (context, { account, receivedAt, transcript, summary }) => {
    if (whyNotRecorded(account.party, context.config) !== undefined) return;
    const { changes } = await mergeAccount(context, account, new Date(receivedAt), { transcript, summary });
    await context.commit(changes);
  },
);

/** The time has come for an account that had to wait. */
export const mergeLater = handle<Context, typeof laterType.payload>(laterType, async ({ commit }, payload, { id }) => {
  await commit({ jobs: [job(type, payload, `later ${id}`)] });
});
