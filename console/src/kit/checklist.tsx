import { Group, List, Text } from '@mantine/core';
import type { CheckLine } from '../api/types.ts';
import { useTexts } from '../texts/index.ts';
import { ToneIcon } from './state-badge.tsx';

/** What was looked at, what was seen, and what to do where it is not well. */
export function Checklist({ lines }: { readonly lines: readonly CheckLine[] }) {
  const { common } = useTexts();
  return (
    <List listStyleType="none" spacing="sm" m={0} p={0}>
      {lines.map((line, index) => (
        <List.Item key={`${index} ${line.name}`} className="check-line">
          <Group gap="sm" align="flex-start" wrap="nowrap">
            <ToneIcon tone={line.state} />
            <div>
              <Text size="sm" fw={600}>
                {line.name} <span className="visually-hidden">({common.check[line.state]})</span>
              </Text>
              <Text size="sm" c="dimmed">
                {line.detail}
              </Text>
              {line.state !== 'ok' && line.remedy !== undefined && (
                <Text size="sm" mt={2}>
                  <b>{common.problem.remedy}:</b> {line.remedy}
                </Text>
              )}
            </div>
          </Group>
        </List.Item>
      ))}
    </List>
  );
}
