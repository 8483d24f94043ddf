import { Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { IconCircleCheck, IconListCheck, IconStethoscope } from '@tabler/icons-react';
import { checkPlugin } from '../../api/plugins.ts';
import { useTenant } from '../../api/session.ts';
import type { Plugin } from '../../api/types.ts';
import { ActionButton } from '../../kit/action-button.tsx';
import { Checklist } from '../../kit/checklist.tsx';
import { Lines } from '../../kit/loaded.tsx';
import { ProblemNote } from '../../kit/problem-note.tsx';
import { Section } from '../../kit/section.tsx';
import { VerdictNote } from '../../kit/verdict-note.tsx';
import { useTexts } from '../../texts/index.ts';

/** Tries the plugin out with the settings that are stored, and says what to do. */
export function CheckUp({ plugin }: { readonly plugin: Plugin }) {
  const { plugins } = useTexts();
  const tenant = useTenant();
  const check = useMutation({ mutationFn: () => checkPlugin(tenant, plugin.id) });
  return (
    <Section
      title={plugins.checkUp}
      hint={plugins.checkHint}
      actions={
        <ActionButton icon={IconStethoscope} isBusy={check.isPending} onAct={() => check.mutate()}>
          {plugins.runCheck}
        </ActionButton>
      }
    >
      <div aria-live="polite" aria-busy={check.isPending}>
        {check.isPending && <Lines count={3} />}
        {check.isError && <ProblemNote error={check.error} />}
        {check.data !== undefined && !check.isPending && (
          <Stack gap="md">
            <VerdictNote
              verdict={check.data.ok ? 'ok' : 'warning'}
              icon={check.data.ok ? <IconCircleCheck aria-hidden /> : <IconListCheck aria-hidden />}
              title={check.data.ok ? plugins.checkWell : plugins.checkTrouble}
            />
            <Checklist lines={check.data.lines} />
          </Stack>
        )}
      </div>
    </Section>
  );
}
