import { ActionIcon, Group, Loader, SegmentedControl, Text } from '@mantine/core';
import { IconPlayerPauseFilled, IconPlayerPlayFilled } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTenant } from '../../api/session.ts';
import { type Transcript, waveformQuery } from '../../api/transcripts.ts';
import { clock } from '../../desk/words.ts';
import { ProblemNote } from '../../kit/problem-note.tsx';
import { useTexts } from '../../texts/index.ts';
import type { Player } from './use-player.ts';
import { Waveform } from './waveform.tsx';

interface PlayerBarProps {
  readonly player: Player;
  readonly seconds: number;
  readonly transcript: Transcript | undefined;
}

const rates = [1, 1.5, 2];

/** Hear it: play, where it is, how fast. */
export function PlayerBar({ player, seconds, transcript }: PlayerBarProps) {
  const { said } = useTexts();
  const tenant = useTenant();
  const { callId = '', recordingId = '', seconds: heard = 0 } = transcript ?? {};
  // Before the hub has listened to it there is none.
  const waveform = useQuery({ ...waveformQuery(tenant, callId, recordingId), enabled: heard > 0 });
  const { state, at, toggle, rate, setRate, error } = player;
  const isPlaying = state === 'playing';
  return (
    <div className="player">
      <Group gap="sm" wrap="nowrap" align="center">
        <ActionIcon
          size={44}
          radius="xl"
          variant="filled"
          onClick={toggle}
          aria-label={isPlaying ? said.pause : said.play}
          aria-busy={state === 'fetching'}
        >
          {state === 'fetching' && <Loader size={18} color="white" aria-hidden />}
          {isPlaying && <IconPlayerPauseFilled size={20} aria-hidden />}
          {(state === 'still' || state === 'failed') && <IconPlayerPlayFilled size={20} aria-hidden />}
        </ActionIcon>
        <div className="player-wave">
          <Waveform player={player} seconds={seconds} channels={waveform.data?.channels ?? []} />
        </div>
      </Group>
      <Group justify="space-between" gap="xs" mt={6}>
        <Text size="sm" className="figures">
          {clock(at * 1000)} / {clock(seconds * 1000)}
        </Text>
        <Text size="xs" c="dimmed" visibleFrom="sm">
          {said.keysHint}
        </Text>
        <SegmentedControl
          size="xs"
          aria-label={said.rate}
          transitionDuration={0}
          value={String(rate)}
          onChange={(value) => setRate(Number(value))}
          data={rates.map((one) => ({ value: String(one), label: `${one}×` }))}
        />
      </Group>
      {state === 'fetching' && (
        <Text size="sm" role="status">
          {said.fetching}
        </Text>
      )}
      {state === 'failed' && error !== undefined && <ProblemNote error={error} onRetry={toggle} />}
      {state === 'failed' && error === undefined && (
        <Text size="sm" role="alert">
          {said.cannotPlay}
        </Text>
      )}
    </div>
  );
}
