import type { ChannelFrames } from './frames.ts';

/** As many as a wide window has room for. */
const STEPS = 800;
/** What is quieter is drawn as silence. */
const QUIET_DB = -54;
const MOST = 255;

/** How loud each channel is, in steps of equal length from 0 to 255: the loudest frame of each. */
export function waveformOf(channels: readonly ChannelFrames[]): Uint8Array[] {
  return channels.map(({ loudness }) => {
    const steps = Math.min(STEPS, loudness.length);
    return Uint8Array.from({ length: steps }, (_, step) => {
      const from = Math.floor((step * loudness.length) / steps);
      const to = Math.floor(((step + 1) * loudness.length) / steps);
      const loudest = loudness.subarray(from, to).reduce((most, level) => Math.max(most, level), QUIET_DB);
      return Math.round(MOST * Math.min(1, 1 - loudest / QUIET_DB));
    });
  });
}
