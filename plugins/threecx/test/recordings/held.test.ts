import { expect, test } from '@jest/globals';
import type { KeyValueStore } from '@switchboard/core/contract';
import { memoryFileStore } from '@switchboard/testing';
import { createRecordings } from '../../recordings/held.ts';
import { keep } from '../../recordings/kept.ts';

const CALL = '0a0e4c1e-6f0b-4a53-8b2e-2f6f6d1a0001';
const NOW = Date.parse('2026-11-22T12:00:00Z');

async function* one(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

test('other plugins get the recordings whose audio is here, for as long as it may be kept', async () => {
  const files = memoryFileStore();
  const { id: file, bytes } = await files.put(one('audio'));
  const common = { callId: CALL, startedAt: '2026-11-21T12:00:00Z', endedAt: '2026-11-21T12:01:00Z', extension: '101' };
  const rules = { consent: {}, isTextAsked: false, mimeType: '', audio: 'held' as const };
  const kept = { ...common, ...rules, file, until: '2026-12-01T00:00:00Z' };
  const entries = [
    kept,
    { ...kept, id: 2, until: '2026-11-22T11:59:00Z' },
    { ...kept, id: 3, file: undefined, audio: 'linked' as const },
    { ...kept, id: 4, file: 'f'.repeat(64) },
  ].map((recording, index) => keep({ ...recording, id: index + 1 }));
  const store: Pick<KeyValueStore, 'range'> = {
    range: async (from, to) =>
      entries.filter(({ key }) => key >= from && key < to).map(({ key, value }) => ({ key, value })),
  };
  const held = createRecordings({ files, store: store as KeyValueStore, clock: { now: () => NOW } });
  expect(await held.ofCalls([CALL, '0a0e4c1e-6f0b-4a53-8b2e-2f6f6d1a0002'])).toEqual([
    {
      callId: CALL,
      recordingId: '1',
      startedAt: '2026-11-21T12:00:00Z',
      extension: '101',
      file,
      bytes,
      mimeType: 'audio/wav',
    },
  ]);
});
