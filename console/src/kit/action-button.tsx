import { Button } from '@mantine/core';
import type { Icon } from '@tabler/icons-react';

interface ActionButtonProps {
  readonly icon: Icon;
  readonly isBusy: boolean;
  readonly onAct: () => void;
  /** For what the page is mainly for. */
  readonly isMain?: boolean;
  readonly children: string;
}

/** A small button with a sign, for what can be done with the whole of a page or a section. */
export function ActionButton({ icon: Sign, isBusy, onAct, isMain = false, children }: ActionButtonProps) {
  return (
    <Button
      size="xs"
      variant={isMain ? 'filled' : 'default'}
      leftSection={<Sign size={15} aria-hidden />}
      loading={isBusy}
      onClick={onAct}
    >
      {children}
    </Button>
  );
}
