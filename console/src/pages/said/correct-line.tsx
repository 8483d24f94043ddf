import { Alert, Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTenant } from '../../api/session.ts';
import {
  type ChangedLine,
  changedMeanwhile,
  correctLine,
  type SaidLine,
  type Transcript,
  transcriptsKey,
} from '../../api/transcripts.ts';
import { ProblemNote } from '../../kit/problem-note.tsx';
import { useDeed } from '../../kit/use-deed.ts';
import { useTexts } from '../../texts/index.ts';

interface CorrectLineProps {
  readonly transcript: Transcript;
  readonly line: SaidLine;
  readonly onClose: () => void;
}

/** What was really said. What the engine wrote is kept, and who comes second sees what the first has made of it. */
export function CorrectLine({ transcript: { callId, recordingId }, line, onClose }: CorrectLineProps) {
  const { said, common } = useTexts();
  const tenant = useTenant();
  const queries = useQueryClient();
  const [text, setText] = useState(line.text);
  // As the person saw it: who saves meanwhile is met at the hub.
  const [version, setVersion] = useState(line.version);
  const [theirs, setTheirs] = useState<ChangedLine>();
  const save = useDeed({
    act: (wanted: string) =>
      correctLine(tenant, { callId, recordingId, number: line.number, version, text: wanted }).catch(
        (error: unknown) => {
          const changed = changedMeanwhile(error);
          if (changed === undefined) throw error;
          setVersion(changed.version);
          setTheirs(changed);
          void queries.invalidateQueries({ queryKey: transcriptsKey(tenant, callId) });
          return undefined;
        },
      ),
    touches: ['transcripts', 'said'],
    onDone: (answer) => {
      if (answer !== undefined) onClose();
    },
    isQuiet: true,
  });
  const submit = () => {
    if (text.trim() !== '') save.mutate(text);
  };
  return (
    <li className="said-line">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Stack gap="xs">
          <Textarea
            label={said.whatWasSaid}
            autosize
            minRows={2}
            maxLength={4000}
            data-autofocus
            // oxlint-disable-next-line jsx-a11y/no-autofocus -- the person has just asked to type here
            autoFocus
            value={text}
            onChange={({ currentTarget }) => setText(currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === 'Escape') onClose();
              if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit();
            }}
          />
          {theirs !== undefined && (
            <Alert color="orange" variant="light" className="warn-note" title={said.meanwhile(theirs.by)} role="alert">
              <Text size="sm">{theirs.text}</Text>
              <Text size="sm">{said.meanwhileHint}</Text>
            </Alert>
          )}
          {save.isError && <ProblemNote error={save.error} />}
          <Group gap="xs">
            <Button size="xs" type="submit" loading={save.isPending} disabled={text.trim() === ''}>
              {said.saveLine}
            </Button>
            <Button size="xs" variant="default" onClick={onClose}>
              {theirs === undefined ? common.cancel : said.keepTheirs}
            </Button>
          </Group>
        </Stack>
      </form>
    </li>
  );
}
