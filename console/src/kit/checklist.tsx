import { Group, List, Text } from '@mantine/core';
import type { CheckLine } from '../api/types.ts';
import { inOwnWords, withMoments } from '../texts/findings.ts';
import { useSpeech } from '../texts/index.ts';
import { ToneIcon } from './state-badge.tsx';

/** What was looked at, what was seen, and what to do where it is not well. */
export function Checklist({ lines }: { readonly lines: readonly CheckLine[] }) {
  return (
    <List listStyleType="none" spacing="sm" m={0} p={0}>
      {lines.map((line, index) => (
        <List.Item key={`${index} ${line.name}`} className="check-line">
          <Line line={line} />
        </List.Item>
      ))}
    </List>
  );
}

function Line({ line }: { readonly line: CheckLine }) {
  const {
    texts: { common, findings },
    language,
  } = useSpeech();
  const { name, detail, remedy } = inOwnWords(line, findings);
  return (
    <Group gap="sm" align="flex-start" wrap="nowrap">
      <ToneIcon tone={line.state} />
      <div>
        <Text size="sm" fw={600}>
          {name} <span className="visually-hidden">({common.check[line.state]})</span>
        </Text>
        <Text size="sm" c="dimmed" className="break">
          {withMoments(detail, language)}
        </Text>
        {line.state !== 'ok' && remedy !== undefined && (
          <Text size="sm" mt={2} className="break">
            <b>{common.problem.remedy}:</b> {remedy}
          </Text>
        )}
      </div>
    </Group>
  );
}
