import { handle, SwitchboardError } from '@switchboard/core/contract';
import { setProfile as type } from '../agents/work.ts';
import { createUsers } from '../client/users.ts';
import type { Context } from '../services.ts';

/** Sets the presence of an extension. */
export const setProfile = handle<Context, typeof type.payload>(type, async (context, payload, { signal }) => {
  const { xapi } = context.services.pbx;
  if (xapi === undefined) return;
  const { extension, profile } = payload;
  const note = { direction: 'out', kind: 'agent' } as const;
  try {
    await createUsers(xapi).setProfile(extension, profile, signal);
  } catch (error) {
    if (!(error instanceof SwitchboardError)) throw error;
    return await context.commit({ notes: [{ ...note, result: 'failed', summary: `${error.message}.` }] });
  }
  const summary = `Extension ${extension}: presence set to "${profile}".`;
  await context.commit({ notes: [{ ...note, result: 'done', summary }] });
});
