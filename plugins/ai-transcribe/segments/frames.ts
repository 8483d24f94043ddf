/** Samples of a frame at 16 kHz: what the detector of speech looks at. */
export const FRAME = 512;
/** The same in milliseconds. */
export const FRAME_MS = 32;

/** One channel, by frames. */
export interface ChannelFrames {
  /** Of speech, 0 to 1. */
  readonly probabilities: Float32Array;
  /** Decibels below full scale. */
  readonly loudness: Float32Array;
}
