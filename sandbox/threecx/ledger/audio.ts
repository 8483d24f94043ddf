import { talkMs } from '../calls/cdr.ts';
import type { Recording } from './recordings.ts';

/** What a recording sounds like: two voices of different pitch that take turns, as long as the talk was. */

export type AudioFormat = { readonly stereo: boolean; readonly encoding: 'pcm' | 'ulaw' };

const RATE = 8000;
const TURN_SECONDS = 2;
const CALLER_HZ = 180;
const AGENT_HZ = 260;
const PCM = 1;
const MULAW = 7;

/** A WAV file of 8 kHz, 16-bit PCM or 8-bit G.711 µ-law; in stereo the one who calls is left. */
export function encodeWav(recording: Pick<Recording, 'leg'>, { stereo, encoding }: AudioFormat): Buffer {
  const channels = stereo ? 2 : 1;
  const bytes = encoding === 'pcm' ? 2 : 1;
  const frames = Math.round((talkMs(recording.leg) / 1000) * RATE);
  const data = Buffer.alloc(frames * channels * bytes);
  for (let frame = 0; frame < frames; frame += 1) {
    const [left, right] = voicesAt(frame / RATE);
    const samples = stereo ? [left, right] : [left + right];
    for (const [channel, sample] of samples.entries()) {
      const at = (frame * channels + channel) * bytes;
      if (encoding === 'pcm') data.writeInt16LE(sample, at);
      else data.writeUInt8(toMulaw(sample), at);
    }
  }
  return Buffer.concat([
    header({ channels, bytes, format: encoding === 'pcm' ? PCM : MULAW, size: data.length }),
    data,
  ]);
}

function voicesAt(seconds: number): [caller: number, agent: number] {
  const agentSpeaks = Math.floor(seconds / TURN_SECONDS) % 2 === 0;
  // Syllables: four a second, so that it does not sound like a dial tone.
  const loudness = 9000 * Math.abs(Math.sin(2 * Math.PI * 2 * seconds));
  const voice = (hz: number) => Math.round(loudness * Math.sin(2 * Math.PI * hz * seconds));
  return agentSpeaks ? [0, voice(AGENT_HZ)] : [voice(CALLER_HZ), 0];
}

type Header = { readonly channels: number; readonly bytes: number; readonly format: number; readonly size: number };

function header({ channels, bytes, format, size }: Header): Buffer {
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + size, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(format, 20);
  head.writeUInt16LE(channels, 22);
  head.writeUInt32LE(RATE, 24);
  head.writeUInt32LE(RATE * channels * bytes, 28);
  head.writeUInt16LE(channels * bytes, 32);
  head.writeUInt16LE(bytes * 8, 34);
  head.write('data', 36);
  head.writeUInt32LE(size, 40);
  return head;
}

/** ITU-T G.711. */
function toMulaw(sample: number): number {
  const sign = sample < 0 ? 0x80 : 0;
  const magnitude = Math.min(Math.abs(sample), 32_635) + 132;
  const exponent = Math.floor(Math.log2(magnitude)) - 7;
  const mantissa = (magnitude >> (exponent + 3)) & 0x0f;
  return ~(sign | (exponent << 4) | mantissa) & 0xff;
}
