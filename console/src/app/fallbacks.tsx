import { Anchor, Box } from '@mantine/core';
import type { ErrorComponentProps } from '@tanstack/react-router';
import { IconMapOff } from '@tabler/icons-react';
import { Empty } from '../kit/empty.tsx';
import { Lines } from '../kit/loaded.tsx';
import { ProblemNote } from '../kit/problem-note.tsx';
import { useTexts } from '../texts/index.ts';

export function PagePending() {
  return (
    <Box p="lg">
      <Lines />
    </Box>
  );
}

/** Whatever went wrong on the way to a page. */
export function PageFailed({ error, reset }: ErrorComponentProps) {
  return (
    <Box p="lg" maw={640}>
      <ProblemNote error={error} onRetry={reset} />
    </Box>
  );
}

export function NotHere() {
  const { common, shell } = useTexts();
  return (
    <Empty icon={IconMapOff} title={common.problem.gone} hint={common.problem.goneRemedy} isPage>
      <Anchor href="/console/">{shell.product}</Anchor>
    </Empty>
  );
}
