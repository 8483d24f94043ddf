import { Box } from '@mantine/core';
import type { KeyboardEvent } from 'react';
import { clock } from '../../desk/words.ts';
import { useTexts } from '../../texts/index.ts';
import type { Player } from './use-player.ts';

interface WaveformProps {
  readonly player: Player;
  readonly seconds: number;
  /** One or two; none where nobody has listened to the recording. */
  readonly channels: readonly (readonly number[])[];
}

const LEAP_SECONDS = 5;
const HEIGHT = 100;
const LOUDEST = 255;

/** How loud the recording is from beginning to end, by side, and where it is; a slider for keyboards and screen readers. */
export function Waveform({ player, seconds, channels }: WaveformProps) {
  const { said } = useTexts();
  const { at, seek, toggle } = player;
  const played = seconds === 0 ? 0 : Math.min(100, (at / seconds) * 100);
  const onKeyDown = (event: KeyboardEvent) => {
    const leap = event.key === 'ArrowLeft' ? -LEAP_SECONDS : event.key === 'ArrowRight' ? LEAP_SECONDS : undefined;
    if (leap === undefined && event.key !== ' ') return;
    event.preventDefault();
    event.stopPropagation();
    if (leap === undefined) toggle();
    else seek(at + leap);
  };
  return (
    <div className="wave">
      {channels.length > 0 && (
        <>
          <Shape channels={channels} />
          <Box className="wave-played" style={{ clipPath: `inset(0 ${100 - played}% 0 0)` }}>
            <Shape channels={channels} />
          </Box>
        </>
      )}
      {channels.length === 0 && <div className="wave-line" />}
      <Box className="wave-at" style={{ left: `${played}%` }} />
      <input
        type="range"
        className="wave-slider"
        aria-label={said.position}
        aria-valuetext={said.positionOf(clock(at * 1000), clock(seconds * 1000))}
        min={0}
        max={Math.max(1, Math.ceil(seconds))}
        step="any"
        value={at}
        onChange={({ currentTarget }) => seek(Number(currentTarget.value))}
        onKeyDown={onKeyDown}
      />
    </div>
  );
}

/** One side above the middle, the other below; one alone on both. */
function Shape({ channels: [first = [], second = first] }: Pick<WaveformProps, 'channels'>) {
  const middle = HEIGHT / 2;
  const width = Math.max(first.length, second.length);
  const path = (levels: readonly number[], sign: 1 | -1) => {
    const points = levels.map((level, step) => `${step},${middle - sign * (1 + (level / LOUDEST) * (middle - 2))}`);
    return `M0,${middle} L${points.join(' ')} L${levels.length},${middle} Z`;
  };
  return (
    <svg className="wave-shape" viewBox={`0 0 ${width} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden>
      <path d={path(first, 1)} className="wave-first" />
      <path d={path(second, -1)} className="wave-second" />
    </svg>
  );
}
