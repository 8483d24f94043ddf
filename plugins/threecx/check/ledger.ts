import type { CheckLine } from '@switchboard/core/contract';
import type { Channel } from '../channels.ts';
import { createCallLog } from '../client/call-log.ts';
import type { Xapi } from '../client/xapi.ts';
import type { Context } from '../services.ts';
import { type Missing, probe } from './probe.ts';
import { type Facts, whyMissing } from './system.ts';

const MINUTE_MS = 60_000;

/** Whether the call log and the recordings may be read. */
export async function checkLedger(
  context: Context,
  xapi: Xapi,
  facts: Facts,
  signal: AbortSignal,
): Promise<CheckLine[]> {
  const now = context.clock.now();
  const lines = await Promise.all([
    probe('Call log', whyMissing(facts, noLog), async () => {
      await createCallLog(xapi, context.clock).rows(new Date(now - MINUTE_MS), new Date(now), signal);
      return [
        await lineOf(context, 'ledger', { name: 'Call log', code: 'threecx.call-log', detail: 'It can be read.' }),
      ];
    }),
    probe('Recordings', whyMissing(facts, noRecordings), async () => {
      await xapi.get('/Recordings?$top=1&$select=Id', signal);
      const readable = { name: 'Recordings', code: 'threecx.recordings', detail: 'They can be read.' };
      return [await lineOf(context, 'recordings', readable)];
    }),
  ]);
  return lines.flat();
}

/** Well, unless the channel was refused lately and waits to be tried again. */
export async function lineOf(context: Context, channel: Channel, well: Omit<CheckLine, 'state'>): Promise<CheckLine> {
  const known = await context.services.channels.state(channel);
  if (known?.state !== 'off') return { ...well, state: 'ok' };
  return {
    name: well.name,
    state: 'warning',
    code: 'threecx.refused-lately',
    values: { at: known.at, reason: known.reason },
    detail: `It works now, yet it was refused at ${known.at}: ${known.reason}.`,
    remedy: 'Nothing has to be done: it is tried again within ten minutes.',
  };
}

const OWNER = 'Give the client the role System Owner; a System Admin may not read it.';

const noLog: Missing = {
  code: 'threecx.call-log-closed',
  detail:
    'The client may not read the call log: the journey of a call is what was watched live or reported by the template.',
  remedy: OWNER,
};

const noRecordings: Missing = {
  code: 'threecx.recordings-closed',
  detail: 'The client may not read recordings: none are kept or played, and there are no texts of them.',
  remedy: OWNER,
};
