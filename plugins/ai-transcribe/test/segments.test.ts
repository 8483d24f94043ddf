import { describe, expect, test } from '@jest/globals';
import { isLoop } from '../embedded/loop.ts';
import { collect } from '../segments/collect.ts';
import { cut } from '../segments/cut.ts';
import { FRAME_MS } from '../segments/frames.ts';
import { findSpeech } from '../segments/speech.ts';
import { speakersOf } from '../segments/speakers.ts';

const frames = (seconds: number) => Math.round((seconds * 1000) / FRAME_MS);

/** Somebody speaks from second to second. */
function speaks(total: number, ...spans: readonly (readonly [number, number])[]): boolean[] {
  return Array.from({ length: frames(total) }, (_, frame) =>
    spans.some(([from, to]) => frame >= frames(from) && frame < frames(to)),
  );
}

const shape = (cuts: ReturnType<typeof cut>) =>
  cuts.map(({ channel, fromMs, toMs }) => [channel, Math.round(fromMs / 1000), Math.round(toMs / 1000)]);

describe('a recording is cut', () => {
  test('where the speaker changes', () => {
    expect(shape(cut([speaks(20, [1, 4], [8, 10]), speaks(20, [4.5, 7.5])]))).toEqual([
      [0, 1, 4],
      [1, 4, 8],
      [0, 8, 10],
    ]);
  });

  test('not where somebody thinks, or the other one says yes', () => {
    expect(shape(cut([speaks(20, [1, 4], [5, 8]), speaks(20, [4.3, 4.7])]))).toContainEqual([0, 1, 8]);
  });

  test('at the first pause after twelve seconds, and never later than after thirty', () => {
    expect(shape(cut([speaks(40, [1, 14], [15, 20])]))).toEqual([
      [0, 1, 14],
      [0, 15, 20],
    ]);
    const cuts = cut([speaks(120, [0, 100])]);
    expect(cuts).toHaveLength(4);
    expect(Math.max(...cuts.map(({ fromMs, toMs }) => toMs - fromMs))).toBeLessThanOrEqual(30_000);
  });

  test('into nothing where nobody speaks', () => {
    expect(cut([speaks(10), speaks(10)])).toEqual([]);
    expect(cut([])).toEqual([]);
  });
});

describe('of two channels', () => {
  const channel = (level: number, probability: number) => ({
    probabilities: new Float32Array(100).fill(probability),
    loudness: new Float32Array(100).fill(level),
  });

  test('what comes over from the other side is not said here', () => {
    const [left, right] = findSpeech([channel(-20, 0.9), channel(-48, 0.9)]);
    expect([left?.includes(true), right?.includes(true)]).toEqual([true, false]);
  });

  test('two who speak at once are both heard', () => {
    const [left, right] = findSpeech([channel(-20, 0.9), channel(-26, 0.9)]);
    expect([left?.includes(true), right?.includes(true)]).toEqual([true, true]);
  });

  test('the same sound on both is one', () => {
    expect(findSpeech([channel(-20, 0.9), channel(-20, 0.9)])).toHaveLength(1);
  });

  test('the side that called is on the left, unless told otherwise', () => {
    expect(speakersOf(2, 'calling', 'INBOUND')).toEqual(['caller', 'agent']);
    expect(speakersOf(2, 'calling', 'OUTBOUND')).toEqual(['agent', 'caller']);
    expect(speakersOf(2, 'agent', 'INBOUND')).toEqual(['agent', 'caller']);
    expect(speakersOf(1, 'agent', 'INBOUND')).toEqual(['unknown']);
  });
});

test('a phrase over and over is a loop, digits are none', () => {
  const repeated = (phrase: readonly number[], times: number) => Array.from({ length: times }, () => phrase).flat();
  expect(isLoop(repeated([5, 6, 7, 8, 9], 4))).toBe(true);
  expect(isLoop(repeated([5], 20))).toBe(true);
  expect(isLoop(repeated([5, 6], 4))).toBe(false);
  expect(isLoop(Array.from({ length: 100 }, (_, id) => id))).toBe(false);
});

test('of two hours no more is held than what is open', async () => {
  const rate = 1_000;
  let read = 0;
  async function* pieces(): AsyncGenerator<Float32Array[]> {
    for (let second = 0; second < 7_200; second += 1) {
      read += 1;
      yield await Promise.resolve([new Float32Array(rate)]);
    }
  }
  const places = Array.from({ length: 360 }, (_, part) => ({
    channel: 0,
    fromMs: part * 20_000,
    toMs: part * 20_000 + 15_000,
  }));
  const ahead: number[] = [];
  for await (const { place, speech } of collect({ rate, channels: 1, pieces: pieces() }, places)) {
    expect(speech.audio).toHaveLength(15 * rate);
    ahead.push(read - place.toMs / 1000);
  }
  expect(ahead).toHaveLength(360);
  expect(Math.max(...ahead)).toBeLessThanOrEqual(1);
});
