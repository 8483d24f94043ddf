import { Button, Group, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { duplicatesQuery, type WrittenCase } from '../api/cases.ts';
import { useTenant } from '../api/session.ts';
import { Why } from '../pages/malfunctions/why.tsx';
import { useTexts } from '../texts/index.ts';
import { CaseLink } from './case-link.tsx';
import type { Target } from './kept.ts';

const PAUSE_MS = 400;

interface DuplicatesProps {
  readonly written: WrittenCase;
  readonly onAttach: (target: Target) => void;
}

/** Cases that the one which is being written may be already. */
export function Duplicates({ written, onAttach }: DuplicatesProps) {
  const { caseWork } = useTexts();
  const tenant = useTenant();
  const [text] = useDebouncedValue(written.text, PAUSE_MS);
  const { data } = useQuery({ ...duplicatesQuery(tenant, { ...written, text }), retry: 1 });
  const found = data?.cases ?? [];
  if (found.length === 0) return undefined;
  return (
    <div role="status">
      <Text size="sm" fw={600} mb={4}>
        {caseWork.duplicates.title}
      </Text>
      <ol className="choices">
        {found.slice(0, 3).map(({ id, name, score, reasons }) => (
          <li key={id}>
            <Group justify="space-between" wrap="nowrap" gap="xs">
              <span className="choice">
                <CaseLink id={id}>{name}</CaseLink>
              </span>
              <Button size="compact-sm" variant="default" onClick={() => onAttach({ id, object: 'serviceCase', name })}>
                {caseWork.duplicates.attach}
                <span className="visually-hidden">: {name}</span>
              </Button>
            </Group>
            <Why score={score} reasons={reasons} />
          </li>
        ))}
      </ol>
    </div>
  );
}
