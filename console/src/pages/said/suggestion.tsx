import { Badge, Button, Group, List, Paper, Stack, Text } from '@mantine/core';
import { IconCheck, IconSparkles, IconX } from '@tabler/icons-react';
import { useTenant } from '../../api/session.ts';
import { decideSuggestion, type Suggestion } from '../../api/transcripts.ts';
import { Moment } from '../../kit/moment.tsx';
import { useDeed } from '../../kit/use-deed.ts';
import { useTexts } from '../../texts/index.ts';

interface SuggestionProps {
  readonly callId: string;
  readonly suggestion: Suggestion;
  readonly mayDecide: boolean;
}

/** What a language model proposes of the recording, marked as such, apart from what was said; a person says what it is worth. */
export function SuggestionNote({ callId, suggestion, mayDecide }: SuggestionProps) {
  const { suggested } = useTexts().said;
  const { state, reason, model, content } = suggestion;
  return (
    <Paper withBorder radius="md" p="md" component="section" aria-label={suggested.title}>
      <Stack gap="sm">
        <Group gap="xs">
          <IconSparkles size={17} aria-hidden />
          <Text size="sm" fw={600}>
            {suggested.title}
          </Text>
          <Badge variant="light" color="blue" tt="none" className="tone-blue">
            {suggested.byMachine(model)}
          </Badge>
        </Group>
        {content === null ? (
          <Text size="sm">
            {state === 'waiting' ? suggested.waiting : suggested.failed} {suggested.reasons[reason]}
          </Text>
        ) : (
          <>
            <Words content={content} />
            <Decision callId={callId} suggestion={suggestion} mayDecide={mayDecide} />
          </>
        )}
      </Stack>
    </Paper>
  );
}

function Words({ content }: { readonly content: NonNullable<Suggestion['content']> }) {
  const { suggested } = useTexts().said;
  const { summary, actionPoints, sentiment, subject, category, malfunction } = content;
  const facts = [
    [suggested.subject, subject],
    [suggested.category, category],
    [suggested.malfunction, malfunction],
    [suggested.sentiment, suggested.sentiments[sentiment]],
  ] as const;
  return (
    <>
      <Text size="sm" className="break">
        {summary}
      </Text>
      {actionPoints.length > 0 && (
        <div>
          <Text size="sm" fw={600}>
            {suggested.actionPoints}
          </Text>
          <List size="sm" className="break">
            {actionPoints.map((point, index) => (
              <List.Item key={index}>{point}</List.Item>
            ))}
          </List>
        </div>
      )}
      <Stack gap={2}>
        {facts
          .filter(([, value]) => value !== '')
          .map(([name, value]) => (
            <Text key={name} size="sm" className="break">
              <b>{name}:</b> {value}
            </Text>
          ))}
      </Stack>
    </>
  );
}

function Decision({ callId, suggestion, mayDecide }: SuggestionProps) {
  const { suggested } = useTexts().said;
  const tenant = useTenant();
  const { recordingId, decision, decidedBy, decidedAt } = suggestion;
  const decide = useDeed({
    act: (which: 'accepted' | 'rejected') => decideSuggestion(tenant, { callId, recordingId, decision: which }),
    touches: ['transcripts'],
  });
  if (decision !== null)
    return (
      <Text size="sm" c="dimmed" role="status">
        {suggested[decision](decidedBy)}
        {decidedAt !== null && (
          <>
            , <Moment at={decidedAt} />
          </>
        )}
      </Text>
    );
  if (!mayDecide) return undefined;
  return (
    <Group gap="xs">
      <Button
        size="xs"
        variant="default"
        leftSection={<IconCheck size={15} aria-hidden />}
        disabled={decide.isPending}
        onClick={() => decide.mutate('accepted')}
      >
        {suggested.accept}
      </Button>
      <Button
        size="xs"
        variant="default"
        leftSection={<IconX size={15} aria-hidden />}
        disabled={decide.isPending}
        onClick={() => decide.mutate('rejected')}
      >
        {suggested.reject}
      </Button>
    </Group>
  );
}
