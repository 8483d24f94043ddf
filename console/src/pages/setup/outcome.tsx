import { Button, Group, Loader, Stack, Text, Title } from '@mantine/core';
import { IconCircleCheck, IconListCheck } from '@tabler/icons-react';
import { signInAddress } from '../../api/sign-in.ts';
import type { Check, Tenant } from '../../api/types.ts';
import { Checklist } from '../../kit/checklist.tsx';
import { VerdictNote } from '../../kit/verdict-note.tsx';
import { useTexts } from '../../texts/index.ts';

interface OutcomeProps {
  readonly isBusy: boolean;
  readonly check: Check | undefined;
  readonly tenant: Tenant | undefined;
}

/** What came of connecting: the checklist, and where to go from there. */
export function Outcome({ isBusy, check, tenant }: OutcomeProps) {
  const { setup } = useTexts();
  if (isBusy) {
    return (
      <Group role="status" gap="md" wrap="nowrap">
        <Loader size="sm" aria-hidden />
        <div>
          <Text fw={600} size="sm">
            {setup.connecting} …
          </Text>
          <Text size="sm" c="dimmed">
            {setup.connectingHint}
          </Text>
        </div>
      </Group>
    );
  }
  if (check === undefined || tenant === undefined) return undefined;
  return (
    <Stack gap="md" aria-live="polite">
      <Title order={2} fz={16}>
        {setup.result}
      </Title>
      <Checklist lines={check.lines} />
      <VerdictNote
        verdict={check.ok ? 'ok' : 'warning'}
        icon={check.ok ? <IconCircleCheck aria-hidden /> : <IconListCheck aria-hidden />}
        title={check.ok ? setup.allWell : setup.notYet}
      >
        {check.ok ? setup.allWellHint : setup.notYetHint}
      </VerdictNote>
      {check.ok && (
        <Group>
          <Button component="a" href={signInAddress(tenant.slug)}>
            {setup.continue}
          </Button>
        </Group>
      )}
    </Stack>
  );
}
