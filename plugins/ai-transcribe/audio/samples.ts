/** How one sample is written: its bytes, and its value from -1 to 1. */
export interface SampleFormat {
  readonly bytes: number;
  readonly read: (view: Buffer, at: number) => number;
}

export type Encoding = 'pcm' | 'float' | 'alaw' | 'ulaw';

/** Undefined for what is not read. */
export function sampleFormat(encoding: Encoding, bits: number): SampleFormat | undefined {
  return formats[`${encoding}${bits}`];
}

const alaw = Float32Array.from({ length: 256 }, (_, code) => expandAlaw(code));
const ulaw = Float32Array.from({ length: 256 }, (_, code) => expandUlaw(code));

const formats: Readonly<Record<string, SampleFormat>> = {
  // WAV has 8-bit samples without a sign.
  pcm8: { bytes: 1, read: (view, at) => ((view[at] ?? 128) - 128) / 128 },
  pcm16: { bytes: 2, read: (view, at) => view.readInt16LE(at) / 32_768 },
  pcm24: { bytes: 3, read: (view, at) => view.readIntLE(at, 3) / 8_388_608 },
  pcm32: { bytes: 4, read: (view, at) => view.readInt32LE(at) / 2_147_483_648 },
  float32: { bytes: 4, read: (view, at) => view.readFloatLE(at) },
  float64: { bytes: 8, read: (view, at) => view.readDoubleLE(at) },
  alaw8: { bytes: 1, read: (view, at) => alaw[view[at] ?? 0] ?? 0 },
  ulaw8: { bytes: 1, read: (view, at) => ulaw[view[at] ?? 0] ?? 0 },
};

/** ITU-T G.711, A-law. */
function expandAlaw(code: number): number {
  const bits = code ^ 0x55;
  const exponent = (bits >> 4) & 0x07;
  const mantissa = ((bits & 0x0f) << 4) + 8;
  const magnitude = exponent === 0 ? mantissa : (mantissa + 0x100) << (exponent - 1);
  return (bits & 0x80 ? magnitude : -magnitude) / 32_768;
}

/** ITU-T G.711, µ-law. */
function expandUlaw(code: number): number {
  const bits = ~code & 0xff;
  const magnitude = ((((bits & 0x0f) << 3) + 0x84) << ((bits >> 4) & 0x07)) - 0x84;
  return (bits & 0x80 ? -magnitude : magnitude) / 32_768;
}

/** Frames of interleaved samples as channels. Bytes that make no whole frame are lost with the end of the file. */
export async function* readSamples(
  pieces: AsyncIterable<Buffer>,
  { bytes, read }: SampleFormat,
  channels: number,
): AsyncGenerator<Float32Array[]> {
  const frameBytes = bytes * channels;
  let rest: Buffer = Buffer.alloc(0);
  for await (const piece of pieces) {
    const data = rest.length === 0 ? piece : Buffer.concat([rest, piece]);
    const frames = Math.floor(data.length / frameBytes);
    rest = data.subarray(frames * frameBytes);
    if (frames > 0) {
      yield Array.from({ length: channels }, (_, channel) =>
        Float32Array.from({ length: frames }, (_frame, frame) => {
          const value = read(data, frame * frameBytes + channel * bytes);
          return Number.isFinite(value) ? value : 0;
        }),
      );
    }
  }
}
