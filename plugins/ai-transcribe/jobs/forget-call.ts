import { event, handle, saidErased } from '@switchboard/core/contract';
import { forgetCall as type } from '../forget-work.ts';
import { markdownOf } from '../pipeline/markdown.ts';
import type { Context } from '../services.ts';
import { noteDone } from '../store/erasures.ts';
import { forgetCallText } from '../store/forget.ts';
import { transcriptsOf } from '../store/read.ts';
import { changeOf } from '../topic.ts';

/** Text, corrections, waveform and search index of a call go, and its text in Twenty; at a person's wish the sound as well. */
export const forgetCall = handle<Context, typeof type.payload>(type, async (context, { callId, erasureId }) => {
  const { tables, crm, commit, clock } = context;
  const known = await transcriptsOf(tables, callId);
  const stood = markdownOf(await crm.get('phoneCall', callId)) !== '' || known.some(({ state }) => state === 'ready');
  await commit({
    rows: async (rows) => {
      await forgetCallText(rows, callId, erasureId === undefined ? 'retention' : 'request');
      if (erasureId !== undefined) await noteDone(rows, erasureId);
    },
    keeps: known.map(({ recordingId }) => ({ key: `${callId}/${recordingId}`, file: undefined })),
    writes: stood
      ? [
          {
            object: 'phoneCall',
            id: callId,
            fields: { transcript: { markdown: '' }, transcriptLanguage: '' },
            lane: 'bulk',
          },
        ]
      : [],
    events: erasureId === undefined ? [] : [event(saidErased, { callId }, `${erasureId}/${callId}`)],
    live: [changeOf(callId, clock.now())],
  });
});
