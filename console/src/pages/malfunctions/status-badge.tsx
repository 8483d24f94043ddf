import { Badge } from '@mantine/core';
import { StateBadge, type Tone } from '../../kit/state-badge.tsx';
import { useTexts } from '../../texts/index.ts';

export const folderStates = [
  'REPORTED',
  'INVESTIGATING',
  'IDENTIFIED',
  'IN_REPAIR',
  'MONITORING',
  'RESOLVED',
  'CLOSED',
] as const;

const tones: Readonly<Record<string, Tone>> = {
  REPORTED: 'warning',
  INVESTIGATING: 'waiting',
  IDENTIFIED: 'waiting',
  IN_REPAIR: 'waiting',
  MONITORING: 'waiting',
  RESOLVED: 'ok',
  CLOSED: 'off',
};

export function FolderStatus({ status }: { readonly status: string }) {
  const { malfunctions } = useTexts();
  if (status === '') return undefined;
  return <StateBadge tone={tones[status] ?? 'off'}>{malfunctions.states[status] ?? status}</StateBadge>;
}

const colors: Readonly<Record<string, string>> = { MINOR: 'gray', MODERATE: 'gray', MAJOR: 'orange', CRITICAL: 'red' };

export function Severity({ severity }: { readonly severity: string }) {
  const { malfunctions } = useTexts();
  if (severity === '') return undefined;
  const color = colors[severity] ?? 'gray';
  return (
    <Badge variant="light" color={color} tt="none" className={`tone-${color}`}>
      {malfunctions.severities[severity] ?? severity}
    </Badge>
  );
}
