import { Badge, Group, Text } from '@mantine/core';
import type { FoundCase } from '../../api/find.ts';
import { Moment } from '../../kit/moment.tsx';
import { useTexts } from '../../texts/index.ts';
import { RecordLink } from './record-link.tsx';

/** A case with what presses: when it is due and how much it matters. */
export function CaseLine({ found, withOwner = true }: { readonly found: FoundCase; readonly withOwner?: boolean }) {
  const { records } = useTexts();
  const owner = found.person ?? found.location ?? found.company;
  const state = records.caseStates[found.status ?? ''];
  return (
    <div className="entry-line">
      <div className="entry-words">
        <Text size="sm" fw={600} component="div" className="break">
          <RecordLink object="serviceCase" id={found.id}>
            {[found.number, found.subject].filter((part) => part !== null).join(' · ')}
          </RecordLink>
        </Text>
        <Group gap={6}>
          {withOwner && owner !== null && (
            <Text size="xs" c="dimmed" component="span">
              {owner.name}
            </Text>
          )}
          {state !== undefined && (
            <Badge size="sm" variant="light" color="gray" tt="none" className="tone-gray">
              {state}
            </Badge>
          )}
          <Priority value={found.priority} />
        </Group>
      </div>
      <Due at={found.dueAt} />
    </div>
  );
}

function Priority({ value }: { readonly value: string | null }) {
  const { records } = useTexts();
  if (value !== 'HIGH' && value !== 'URGENT') return undefined;
  const color = value === 'URGENT' ? 'red' : 'orange';
  return (
    <Badge size="sm" variant="light" color={color} tt="none" className={`tone-${color}`}>
      {records.priorities[value]}
    </Badge>
  );
}

function Due({ at }: { readonly at: string | null }) {
  const { day } = useTexts();
  if (at === null) {
    return (
      <Text size="xs" c="dimmed" className="nowrap">
        {day.noDue}
      </Text>
    );
  }
  const isOver = Date.parse(at) < Date.now();
  return (
    <Text
      size="xs"
      className={isOver ? 'grave nowrap' : 'nowrap'}
      fw={isOver ? 600 : 400}
      {...(isOver ? {} : { c: 'dimmed' })}
    >
      {isOver ? day.overdue : day.due} <Moment at={at} />
    </Text>
  );
}
