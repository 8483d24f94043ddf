import { Alert } from '@mantine/core';
import type { ReactNode } from 'react';

const looks = {
  ok: { color: 'green', className: 'good-note' },
  warning: { color: 'orange', className: 'warn-note' },
  failed: { color: 'red', className: 'note' },
} as const;

interface VerdictNoteProps {
  readonly verdict: keyof typeof looks;
  readonly title: string;
  readonly icon: ReactNode;
  /** For the one that the page is about. */
  readonly isLarge?: boolean;
  readonly children?: ReactNode;
}

/** What something came to, in one sentence: in order, to be looked at, or out of order. */
export function VerdictNote({ verdict, title, icon, isLarge = false, children }: VerdictNoteProps) {
  const { color, className } = looks[verdict];
  return (
    <Alert
      variant="light"
      color={color}
      icon={icon}
      title={title}
      className={isLarge ? `verdict ${className}` : className}
      role="status"
    >
      {children}
    </Alert>
  );
}
