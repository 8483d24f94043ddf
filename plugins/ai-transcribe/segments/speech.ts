import type { ChannelFrames } from './frames.ts';

/** Speech begins at this probability and ends below the other: the detector's own advice. */
const BEGINS = 0.5;
const ENDS = 0.35;
/** What comes over from the other side is so much quieter than what is said there; echo was measured at 28 dB. */
const ECHO_DB = 12;
/** Echo comes late, over long lines by that many frames. */
const ECHO_FRAMES = 8;
/** Two channels that differ less are one, written twice. */
const SAME_DB = 0.5;

/** Which frames of each channel are speech of that side. Two channels with the same in them count as the first alone. */
export function findSpeech(channels: readonly ChannelFrames[]): boolean[][] {
  const [first, second] = channels;
  if (first === undefined) return [];
  if (second === undefined || isSame(first, second)) return [speechIn(first)];
  return [withoutEcho(first, second), withoutEcho(second, first)];
}

function speechIn({ probabilities }: ChannelFrames): boolean[] {
  let isSpeech = false;
  return Array.from(probabilities, (probability) => {
    isSpeech = probability >= (isSpeech ? ENDS : BEGINS);
    return isSpeech;
  });
}

function withoutEcho(channel: ChannelFrames, other: ChannelFrames): boolean[] {
  const louder = recentPeaks(other.loudness);
  return speechIn(channel).map(
    (isSpeech, frame) => isSpeech && (channel.loudness[frame] ?? 0) > (louder[frame] ?? 0) - ECHO_DB,
  );
}

/** The loudest of each frame and those right before it. */
function recentPeaks(loudness: Float32Array): Float32Array {
  return loudness.map((_, frame) => Math.max(...loudness.subarray(Math.max(0, frame - ECHO_FRAMES), frame + 1)));
}

function isSame(one: ChannelFrames, other: ChannelFrames): boolean {
  return one.loudness.every((level, frame) => Math.abs(level - (other.loudness[frame] ?? 0)) < SAME_DB);
}
