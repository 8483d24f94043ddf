import { definePlugin, event, recordingAvailable } from '@switchboard/core/contract';
import { TEST_TENANT, type TestHub } from '@switchboard/testing/hub';
import { z } from 'zod';

/** A telephone system that has a recording whenever the test says so. */
export const pbx = definePlugin({
  id: 'pbx',
  contract: 1,
  name: 'Telephone system',
  summary: 'Has recordings.',
  config: z.object({}),
  check: () => Promise.resolve([{ name: 'Line', state: 'ok', detail: 'It rings.' } as const]),
  routes: [
    {
      method: 'POST',
      path: '/recording',
      summary: 'There is a recording',
      audience: 'operator',
      async handle({ files, commit }, { body, query }) {
        const callId = query.get('call') ?? '';
        const recordingId = query.get('recording') ?? '';
        const { id: file } = await files.put([body] as unknown as AsyncIterable<Uint8Array>);
        const payload = {
          callId,
          recordingId,
          file,
          mimeType: 'audio/wav',
          startedAt: '2026-11-22T09:00:00.000Z',
          agentExtension: '101',
          wantsTranscript: query.get('wants') !== 'no',
        };
        await commit({ events: [event(recordingAvailable, payload, `${callId}/${recordingId}`)] });
        return { status: 202 };
      },
    },
  ],
});

type Recording = {
  readonly callId: string;
  readonly recordingId: string;
  readonly audio: Buffer;
  readonly wants?: boolean;
};

export async function announce(
  { url, operatorToken }: Pick<TestHub, 'url' | 'operatorToken'>,
  { callId, recordingId, audio, wants = true }: Recording,
): Promise<void> {
  const query = new URLSearchParams({ call: callId, recording: recordingId, wants: wants ? 'yes' : 'no' });
  const response = await fetch(`${url}/api/v1/tenants/${TEST_TENANT}/plugins/pbx/doors/recording?${query.toString()}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${operatorToken}`, 'content-type': 'application/octet-stream' },
    body: new Uint8Array(audio),
  });
  if (!response.ok) throw new Error(`The recording was not taken: ${response.status} ${await response.text()}`);
}
