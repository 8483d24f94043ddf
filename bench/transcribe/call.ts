import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A turn of a call: who speaks, and what. */
interface Turn {
  readonly side: 0 | 1;
  readonly text: string;
}

/** What callers and agents say; told by two voices that sound like people's, not like espeak's, by which no engine should be judged. */
const lines: readonly string[] = [
  'Good morning, this is the service desk. My name is Clara. How can I help you?',
  'Hello. I am calling because the elevator in our building has stopped again.',
  'I am sorry to hear that. Is anybody inside the elevator right now?',
  'No, it is empty. The doors are open on the ground floor and the light is off.',
  'All right. Could you give me the address of the building please?',
  'It is the office building near the central station, on the left side of the river.',
  'Thank you. When did you notice the problem for the first time?',
  'Yesterday evening after the storm. Since then we have to use the stairs.',
  'I understand. I have opened a case for you and a mechanic will be there within two hours.',
  'That is very kind. Can he call me before he arrives, so that I can open the gate?',
  'Of course. I will write that down. Is there anything else that I can do for you?',
  'Yes, could you send me the invoice of last month again? We have lost it.',
  'I will send it by mail today. Please tell me if it does not arrive.',
  'Great, thank you very much for your help. Have a nice day.',
  'You are welcome. Goodbye and have a good weekend.',
];
const RATE = 16_000;
const PAUSE = RATE / 2;
/** What of one side comes over to the other on a telephone line. */
const ECHO = 10 ** (-28 / 20);
const ECHO_DELAY = 800;

export interface SpokenCall {
  readonly wav: Buffer;
  readonly seconds: number;
  /** What each side says, as one text. */
  readonly texts: readonly [string, string];
  /** Each side alone. */
  readonly sides: readonly [Buffer, Buffer];
}

/** A stereo call of some two minutes with known words, spoken by flite. */
export async function speakCall(folder: string): Promise<SpokenCall> {
  const turns = lines.map((text, index): Turn => ({ side: index % 2 === 0 ? 1 : 0, text }));
  const spoken = await Promise.all(turns.map(async (turn, index) => await speak(turn, join(folder, `${index}.wav`))));
  const length = spoken.reduce((sum, samples) => sum + samples.length + PAUSE, PAUSE);
  const sides = [new Float64Array(length), new Float64Array(length)] as const;
  let at = PAUSE;
  for (const [index, samples] of spoken.entries()) {
    sides[turns[index]?.side ?? 0].set(samples, at);
    at += samples.length + PAUSE;
  }
  const said = (side: 0 | 1) => turns.flatMap((turn) => (turn.side === side ? [turn.text] : [])).join(' ');
  return {
    wav: encode([withEcho(sides[0], sides[1]), withEcho(sides[1], sides[0])]),
    seconds: length / RATE,
    texts: [said(0), said(1)],
    sides: [encode([sides[0]]), encode([sides[1]])],
  };
}

async function speak({ side, text }: Turn, file: string): Promise<Float64Array> {
  execFileSync('flite', ['-voice', side === 1 ? 'slt' : 'rms', '-t', text, '-o', file]);
  const wav = await readFile(file);
  return Float64Array.from({ length: (wav.length - 44) / 2 }, (_, sample) => wav.readInt16LE(44 + sample * 2));
}

function withEcho(own: Float64Array, other: Float64Array): Float64Array {
  return own.map((sample, at) => sample + ECHO * (other[at - ECHO_DELAY] ?? 0));
}

function encode(channels: readonly Float64Array[]): Buffer {
  const frames = channels[0]?.length ?? 0;
  const bytes = frames * channels.length * 2;
  const file = Buffer.alloc(44 + bytes);
  file.write('RIFF', 0);
  file.writeUInt32LE(36 + bytes, 4);
  file.write('WAVEfmt ', 8);
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(channels.length, 22);
  file.writeUInt32LE(RATE, 24);
  file.writeUInt32LE(RATE * channels.length * 2, 28);
  file.writeUInt16LE(channels.length * 2, 32);
  file.writeUInt16LE(16, 34);
  file.write('data', 36);
  file.writeUInt32LE(bytes, 40);
  for (let frame = 0; frame < frames; frame += 1) {
    for (const [index, channel] of channels.entries()) {
      const sample = Math.max(-32_768, Math.min(32_767, Math.round(channel[frame] ?? 0)));
      file.writeInt16LE(sample, 44 + (frame * channels.length + index) * 2);
    }
  }
  return file;
}
