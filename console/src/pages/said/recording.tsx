import { useHotkeys } from '@mantine/hooks';
import { Group, Stack, Text } from '@mantine/core';
import { IconMicrophoneOff } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import type { Recording, Rights, Suggestion, Transcript } from '../../api/transcripts.ts';
import { Section } from '../../kit/section.tsx';
import { VerdictNote } from '../../kit/verdict-note.tsx';
import { useSpeech } from '../../texts/index.ts';
import { PlayerBar } from './player-bar.tsx';
import { StateNote } from './state-note.tsx';
import { SuggestionNote } from './suggestion.tsx';
import { SaidText } from './transcript.tsx';
import { type Player, usePlayer } from './use-player.ts';

/** One recording of a call: its sound, its text, or both. */
export interface Piece {
  readonly id: string;
  readonly startedAt: string;
  readonly extension: string;
  readonly recording: Recording | undefined;
  readonly transcript: Transcript | undefined;
  readonly suggestion: Suggestion | undefined;
}

interface RecordingProps {
  readonly callId: string;
  readonly piece: Piece;
  readonly rights: Rights;
  readonly caller: string;
  /** Of several the keyboard is for the one that was used last. */
  readonly isCurrent: boolean;
  readonly onUse: () => void;
  readonly opensAt: { readonly seconds: number | undefined; readonly words: string };
}

const LEAP_SECONDS = 5;

export function RecordingSection({ callId, piece, rights, caller, isCurrent, onUse, opensAt }: RecordingProps) {
  const { texts, times } = useSpeech();
  const { said } = texts;
  const { id, recording, transcript, suggestion, startedAt, extension } = piece;
  const seconds = transcript !== undefined && transcript.seconds > 0 ? transcript.seconds : (recording?.seconds ?? 0);
  const player = usePlayer({ callId, recordingId: id, seconds });
  const isHere = recording !== undefined && recording.audio !== 'gone';
  useKeys(player, isCurrent && isHere);
  useOpening(player, opensAt.seconds);
  return (
    <Section title={said.recordingOf(times.exact.format(new Date(startedAt)), extension)}>
      <Stack gap="md" onPointerDownCapture={onUse} onFocusCapture={onUse}>
        {isHere && <PlayerBar player={player} seconds={seconds} transcript={transcript} />}
        {!isHere && recording?.consent.forbidden !== true && (
          <Group gap="xs">
            <IconMicrophoneOff size={18} color="var(--tone-gray)" aria-hidden />
            <Text size="sm">{said.soundGone}</Text>
          </Group>
        )}
        {recording?.consent.forbidden === true && (
          <VerdictNote verdict="warning" icon={<IconMicrophoneOff aria-hidden />} title={said.forbidden}>
            <Text size="sm">{said.forbiddenHint}</Text>
          </VerdictNote>
        )}
        {transcript === undefined ? (
          <Text size="sm" c="dimmed">
            {said.noText}
          </Text>
        ) : (
          <>
            <StateNote transcript={transcript} mayMakeAgain={rights.mayMakeAgain} />
            {suggestion !== undefined && (
              <SuggestionNote callId={callId} suggestion={suggestion} mayDecide={rights.mayCorrect} />
            )}
            {transcript.lines.length > 0 && (
              <SaidText
                transcript={transcript}
                rights={rights}
                caller={caller}
                player={isHere ? player : undefined}
                searched={opensAt.words}
              />
            )}
          </>
        )}
      </Stack>
    </Section>
  );
}

/** Space plays and pauses, arrows leap, wherever on the page nobody types or presses a button. */
function useKeys(player: Player, isOn: boolean): void {
  const press = (act: () => void) => (event: KeyboardEvent) => {
    const isElsewhere = event.target instanceof Element && event.target.closest('button, a, [role="menu"], dialog');
    if (!isOn || isElsewhere) return;
    event.preventDefault();
    act();
  };
  const keep = { preventDefault: false };
  useHotkeys([
    ['space', press(player.toggle), keep],
    ['ArrowLeft', press(() => player.seek(player.at - LEAP_SECONDS)), keep],
    ['ArrowRight', press(() => player.seek(player.at + LEAP_SECONDS)), keep],
  ]);
}

/** Who comes from a search stands where the words are. */
function useOpening({ seek }: Player, seconds: number | undefined): void {
  const isDone = useRef(false);
  useEffect(() => {
    if (seconds === undefined || isDone.current) return;
    isDone.current = true;
    seek(seconds);
  }, [seconds, seek]);
}
