/** Samples on either side that one output sample is made of, at full bandwidth. */
const REACH = 16;
/** Of the band that the lower rate can hold; the rest is for the filter's slope. */
const PASS = 0.95;

/** Mono audio at another rate, by a windowed sinc. Beyond the ends is silence. */
export function resample(audio: Float32Array, from: number, to: number): Float32Array {
  if (from === to) return audio;
  const divisor = greatestCommonDivisor(from, to);
  const [up, down] = [to / divisor, from / divisor];
  const filters = filtersFor(up, Math.min(1, to / from) * PASS);
  const result = new Float32Array(Math.round((audio.length * to) / from));
  for (let index = 0; index < result.length; index += 1) {
    const position = index * down;
    const filter = filters[position % up] ?? [];
    const first = Math.floor(position / up) - filter.length / 2 + 1;
    let sum = 0;
    for (let tap = Math.max(0, -first); tap < filter.length && first + tap < audio.length; tap += 1)
      sum += (filter[tap] ?? 0) * (audio[first + tap] ?? 0);
    result[index] = sum;
  }
  return result;
}

/** One filter per position of an output sample between two input samples. */
function filtersFor(phases: number, cutoff: number): Float32Array[] {
  const half = Math.ceil(REACH / cutoff);
  return Array.from({ length: phases }, (_, phase) =>
    Float32Array.from({ length: half * 2 }, (_tap, tap) => {
      const distance = tap - half + 1 - phase / phases;
      return cutoff * sinc(distance * cutoff) * hann(distance / half);
    }),
  );
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}

function hann(x: number): number {
  return Math.abs(x) >= 1 ? 0 : 0.5 + 0.5 * Math.cos(Math.PI * x);
}

function greatestCommonDivisor(one: number, other: number): number {
  return other === 0 ? one : greatestCommonDivisor(other, one % other);
}
