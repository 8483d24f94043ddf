import { Button, Group, Text } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useState } from 'react';
import { ActionButton } from '../../kit/action-button.tsx';
import { Confirm } from '../../kit/confirm.tsx';
import { useDeed } from '../../kit/use-deed.ts';
import { useTexts } from '../../texts/index.ts';

/** What jobs and writes that gave up have in common. */

interface RunAgainProps {
  readonly label: string;
  readonly isBusy: boolean;
  readonly onRun: () => void;
}

export function RunAgain({ label, isBusy, onRun }: RunAgainProps) {
  return (
    <Group>
      <ActionButton icon={IconRefresh} isBusy={isBusy} onAct={onRun} isMain>
        {label}
      </ActionButton>
    </Group>
  );
}

interface ReasonProps {
  readonly message: string;
  readonly remedy: string | null | undefined;
}

export function Reason({ message, remedy }: ReasonProps) {
  const { common } = useTexts();
  return (
    <div className="break">
      <Text size="sm">{message}</Text>
      {remedy != null && (
        <Text size="sm" c="dimmed">
          {common.problem.remedy}: {remedy}
        </Text>
      )}
    </div>
  );
}

interface DiscardProps {
  readonly act: (reason: string) => Promise<unknown>;
  /** Keys of what is to be asked anew. */
  readonly touches: readonly string[];
}

/** Gives it up for good, after asking why. */
export function Discard({ act, touches }: DiscardProps) {
  const { stuck } = useTexts().deliveries;
  const [isAsking, setAsking] = useState(false);
  const discard = useDeed({ act, done: () => stuck.discarded, touches, isQuiet: true });
  return (
    <>
      <Button size="xs" variant="subtle" color="red" className="grave" onClick={() => setAsking(true)}>
        {stuck.discard}
      </Button>
      {isAsking && (
        <Confirm
          title={stuck.discardTitle}
          text={stuck.discardText}
          deed={stuck.discard}
          isGrave
          asksReason={{}}
          isBusy={discard.isPending}
          error={discard.error}
          onConfirm={(reason) => discard.mutate(reason)}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}
