import { Button, Text } from '@mantine/core';
import { IconAlertTriangle, IconClock, IconInfoCircle } from '@tabler/icons-react';
import { useTenant } from '../../api/session.ts';
import { makeAgain, type Transcript } from '../../api/transcripts.ts';
import { useDeed } from '../../kit/use-deed.ts';
import { VerdictNote } from '../../kit/verdict-note.tsx';
import { useTexts } from '../../texts/index.ts';

interface StateNoteProps {
  readonly transcript: Transcript;
  readonly mayMakeAgain: boolean;
}

/** Why there is no text, or not yet, and what to do about it. */
export function StateNote({ transcript, mayMakeAgain }: StateNoteProps) {
  const { said } = useTexts();
  const tenant = useTenant();
  const { callId, recordingId, state, reason, detail, lines } = transcript;
  const again = useDeed({
    act: () => makeAgain(tenant, callId, recordingId),
    done: () => said.begunAgain,
    touches: ['transcripts'],
  });
  if (state === 'ready') return undefined;
  const [title, hint] = said.reasons[reason] ?? said.stateWords[state] ?? ['', ''];
  const isUnderWay = state === 'waiting' || state === 'working';
  const done = lines.filter((line) => line.state !== 'open').length;
  const Sign = isUnderWay ? IconClock : state === 'failed' ? IconAlertTriangle : IconInfoCircle;
  return (
    <VerdictNote
      verdict={state === 'failed' ? 'failed' : reason === '' && (state === 'silent' || isUnderWay) ? 'ok' : 'warning'}
      icon={<Sign aria-hidden />}
      title={title}
    >
      {hint !== '' && <Text size="sm">{hint}</Text>}
      {state === 'working' && lines.length > 0 && <Text size="sm">{said.progress(done, lines.length)}</Text>}
      {state === 'failed' && detail !== '' && (
        <Text size="xs" c="dimmed">
          {detail}
        </Text>
      )}
      {(state === 'failed' || state === 'refused') && mayMakeAgain && (
        <Button mt="sm" size="xs" variant="default" loading={again.isPending} onClick={() => again.mutate(undefined)}>
          {said.makeAgain}
        </Button>
      )}
    </VerdictNote>
  );
}
