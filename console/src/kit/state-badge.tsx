import { Badge } from '@mantine/core';
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleX,
  IconPlayerPause,
  IconClock,
} from '@tabler/icons-react';

/** How something is. Never told by colour alone: each has a sign of its own. */
export type Tone = 'ok' | 'warning' | 'failed' | 'off' | 'paused' | 'waiting';

const looks = {
  ok: { color: 'green', Icon: IconCircleCheck },
  warning: { color: 'orange', Icon: IconAlertTriangle },
  failed: { color: 'red', Icon: IconCircleX },
  off: { color: 'gray', Icon: IconCircleDashed },
  paused: { color: 'orange', Icon: IconPlayerPause },
  waiting: { color: 'blue', Icon: IconClock },
} as const;

export function ToneIcon({ tone, size = 20 }: { readonly tone: Tone; readonly size?: number }) {
  const { color, Icon } = looks[tone];
  return <Icon size={size} color={`var(--tone-${color})`} aria-hidden style={{ flexShrink: 0 }} />;
}

export function StateBadge({ tone, children }: { readonly tone: Tone; readonly children: string }) {
  const { color, Icon } = looks[tone];
  return (
    <Badge
      variant="light"
      color={color}
      tt="none"
      leftSection={<Icon size={13} aria-hidden />}
      className={`tone-${color}`}
    >
      {children}
    </Badge>
  );
}
