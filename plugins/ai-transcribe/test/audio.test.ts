import { describe, expect, test } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { encodeWav } from '../audio/encode-wav.ts';
import { openAudio, type OpenOptions } from '../audio/open-audio.ts';
import { resample } from '../audio/resample.ts';
import { TELEPHONE } from './speech.ts';

const tone = Float32Array.from({ length: TELEPHONE }, (_, at) => 0.5 * Math.sin((2 * Math.PI * 440 * at) / TELEPHONE));

/** In pieces of odd lengths, as a disk or a network hands them out. */
function* inPieces(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += 1_021) yield bytes.subarray(at, at + 1_021);
}

async function read(bytes: Buffer, options?: OpenOptions) {
  const { rate, channels, pieces } = await openAudio(Readable.from(inPieces(bytes)), options);
  const parts: Float32Array[] = [];
  for await (const [first] of pieces) parts.push(first ?? new Float32Array(0));
  const samples = parts.flatMap((part) => [...part]);
  return { rate, channels, samples };
}

function loudness(samples: ArrayLike<number>): number {
  return Math.sqrt(Array.from(samples).reduce((sum, sample) => sum + sample ** 2, 0) / samples.length);
}

/** A WAV file of another encoding than ours. */
function wav(codec: number, bits: number, data: Buffer): Buffer {
  const file = Buffer.concat([encodeWav(new Float32Array(0), TELEPHONE), data]);
  file.writeUInt16LE(codec, 20);
  file.writeUInt16LE(bits, 34);
  file.writeUInt32LE(data.length, 40);
  return file;
}

describe('a recording is read', () => {
  test('as 16-bit PCM', async () => {
    const { rate, channels, samples } = await read(encodeWav(tone, TELEPHONE));
    expect({ rate, channels, length: samples.length }).toEqual({ rate: TELEPHONE, channels: 1, length: TELEPHONE });
    expect(Math.max(...samples.map((sample, at) => Math.abs(sample - (tone[at] ?? 0))))).toBeLessThan(0.001);
  });

  test('as 24-bit PCM and as float', async () => {
    const pcm = Buffer.alloc(TELEPHONE * 3);
    const float = Buffer.alloc(TELEPHONE * 4);
    for (const [at, sample] of tone.entries()) {
      pcm.writeIntLE(Math.round(sample * 8_388_607), at * 3, 3);
      float.writeFloatLE(sample, at * 4);
    }
    for (const file of [wav(1, 24, pcm), wav(3, 32, float)])
      expect(loudness((await read(file)).samples)).toBeCloseTo(loudness(tone), 3);
  });

  test('as G.711 of both laws, in a WAV file and bare', async () => {
    // Values of ITU-T G.711: the loudest, the quietest, and one between, of both signs.
    const alaw = { codes: [0xaa, 0x2a, 0xd5, 0x55, 0xb4], values: [32_256, -32_256, 8, -8, 15_872 / 2] };
    const ulaw = { codes: [0x80, 0x00, 0xff, 0x7f, 0x8f], values: [32_124, -32_124, 0, 0, 16_764] };
    const scaled = (values: readonly number[]) => values.slice(0, 4).map((value) => value / 32_768);
    expect((await read(wav(6, 8, Buffer.from(alaw.codes)))).samples.slice(0, 4).map((sample) => sample + 0)).toEqual(
      scaled(alaw.values),
    );
    expect((await read(wav(7, 8, Buffer.from(ulaw.codes)))).samples.slice(0, 4).map((sample) => sample + 0)).toEqual(
      scaled(ulaw.values),
    );
    const bare = await read(Buffer.from(ulaw.codes), { mimeType: 'audio/PCMU' });
    expect(bare.samples[4]).toBeCloseTo(16_764 / 32_768, 5);
  });

  test('as MP3', async () => {
    const { rate, samples } = await read(await readFile(new URL('./fixtures/tone-440hz-2s.mp3', import.meta.url)));
    expect(rate).toBe(TELEPHONE);
    expect(samples.length / rate).toBeGreaterThan(1.9);
    expect(loudness(samples.slice(TELEPHONE / 2, TELEPHONE))).toBeCloseTo(9_000 / 32_768 / Math.SQRT2, 1);
  });

  test('to where it was cut off', async () => {
    const { samples } = await read(encodeWav(tone, TELEPHONE).subarray(0, 44 + TELEPHONE + 1));
    expect(samples).toHaveLength(TELEPHONE / 2);
  });

  test('when its header does not know how long it is', async () => {
    const streamed = encodeWav(tone, TELEPHONE);
    streamed.writeUInt32LE(0xff_ff_ff_ff, 40);
    expect((await read(streamed)).samples).toHaveLength(TELEPHONE);
  });
});

describe('a recording is refused', () => {
  test.each([
    ['without bytes', Buffer.alloc(0)],
    ['with a header alone', Buffer.from('RIFF....WAVEfmt ')],
    ['with impossible figures', wav(1, 16, Buffer.alloc(100)).fill(0xff, 22, 28)],
    ['of noise that looks like MP3', Buffer.concat([Buffer.from('ID3'), Buffer.alloc(300_000, 7)])],
  ])('%s, as damaged', async (_, bytes) => {
    await expect(read(bytes)).rejects.toMatchObject({ problem: 'corrupt' });
  });

  test('of another format where there is no ffmpeg, saying what to do', async () => {
    await expect(read(Buffer.from('OggS and so on'), { ffmpeg: 'no-such-program' })).rejects.toMatchObject({
      problem: 'unknown-format',
      remedy: expect.stringContaining('ffmpeg'),
    });
  });
});

test('another rate sounds the same', () => {
  const middle = resample(tone, TELEPHONE, 16_000).subarray(4_000, 12_000);
  expect(
    middle.every(
      (sample, at) => Math.abs(sample - 0.5 * Math.sin((2 * Math.PI * 440 * (at + 4_000)) / 16_000)) < 0.005,
    ),
  ).toBe(true);
  expect(resample(new Float32Array(44_100), 44_100, 16_000)).toHaveLength(16_000);
});
