import { Alert, Button, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTexts } from '../texts/index.ts';
import { inWords } from './in-words.ts';

/** What went wrong and what to do about it. */
export function ProblemNote({ error, onRetry }: { readonly error: unknown; readonly onRetry?: () => void }) {
  const texts = useTexts();
  const { title, remedy } = inWords(error, texts);
  return (
    <Alert
      color="red"
      variant="light"
      icon={<IconAlertTriangle aria-hidden />}
      title={title}
      role="alert"
      className="note"
    >
      {remedy !== undefined && <Text size="sm">{remedy}</Text>}
      {onRetry !== undefined && (
        <Button mt="sm" size="xs" variant="default" onClick={onRetry}>
          {texts.common.tryAgain}
        </Button>
      )}
    </Alert>
  );
}
