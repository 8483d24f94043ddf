import { Stack, Text } from '@mantine/core';
import { IconCircleCheck, IconListCheck } from '@tabler/icons-react';
import type { CheckLine } from '../../api/types.ts';
import { Checklist } from '../../kit/checklist.tsx';
import { Lines } from '../../kit/loaded.tsx';
import { VerdictNote } from '../../kit/verdict-note.tsx';
import { useTexts } from '../../texts/index.ts';

interface MailboxTestProps {
  readonly isBusy: boolean;
  readonly lines: readonly CheckLine[] | undefined;
  /** It decides whether something is saved. */
  readonly isBeforeSaving?: boolean;
}

export const hasFailed = (lines: readonly CheckLine[]): boolean => lines.some(({ state }) => state === 'failed');

/** Whether a mailbox can be read and sent from, one line each, with what to do. */
export function MailboxTest({ isBusy, lines, isBeforeSaving = false }: MailboxTestProps) {
  const { mailboxes } = useTexts();
  const failed = lines !== undefined && hasFailed(lines);
  return (
    <div aria-live="polite" aria-busy={isBusy}>
      {isBusy && (
        <Stack gap="xs">
          <Text size="sm">{mailboxes.testing}</Text>
          <Lines count={2} />
        </Stack>
      )}
      {!isBusy && lines !== undefined && (
        <Stack gap="md">
          <VerdictNote
            verdict={failed ? 'warning' : 'ok'}
            icon={failed ? <IconListCheck aria-hidden /> : <IconCircleCheck aria-hidden />}
            title={failed ? (isBeforeSaving ? mailboxes.failed : mailboxes.trouble) : mailboxes.works}
          >
            {failed && isBeforeSaving && <Text size="sm">{mailboxes.failedHint}</Text>}
          </VerdictNote>
          <Checklist lines={lines} />
        </Stack>
      )}
    </div>
  );
}
