import { Button, Group } from '@mantine/core';
import { ProblemNote } from '../../kit/problem-note.tsx';
import { useTexts } from '../../texts/index.ts';

interface SaveBarProps {
  readonly isChanged: boolean;
  readonly isBusy: boolean;
  readonly error: unknown;
}

/** Below the fields of a section: saves what was changed, and tells what the hub did not take. */
export function SaveBar({ isChanged, isBusy, error }: SaveBarProps) {
  const { common } = useTexts();
  return (
    <>
      {error !== null && <ProblemNote error={error} />}
      <Group>
        <Button type="submit" size="xs" loading={isBusy} disabled={!isChanged}>
          {common.save}
        </Button>
      </Group>
    </>
  );
}
