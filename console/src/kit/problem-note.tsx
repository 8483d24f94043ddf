import { Alert, Button, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { Problem, UNREACHABLE } from '../api/client.ts';
import { type Texts, useTexts } from '../texts/index.ts';

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

export function inWords(error: unknown, { common, signIn }: Texts): { title: string; remedy?: string } {
  if (!(error instanceof Problem)) return { title: common.problem.title };
  if (error.status === UNREACHABLE) {
    return { title: common.problem.unreachable, remedy: common.problem.unreachableRemedy };
  }
  const known = signIn.refusals[error.code];
  if (known !== undefined) return { title: known[0], remedy: known[1] };
  if (error.status === 403) return { title: common.problem.notAllowed, remedy: common.problem.notAllowedRemedy };
  return { title: error.message, ...(error.remedy === undefined ? {} : { remedy: error.remedy }) };
}
