import { Badge, Group, Text } from '@mantine/core';
import type { PageObject, RecordThere } from '../../api/find.ts';
import { Section } from '../../kit/section.tsx';
import { useTexts } from '../../texts/index.ts';
import { Nothing } from '../day/nothing.tsx';
import { RemindButton } from '../day/remind-button.tsx';
import { CaseLine } from './case-line.tsx';
import { RecordLink } from './record-link.tsx';

interface OpenWorkProps {
  readonly object: PageObject;
  readonly record: RecordThere;
}

/** What is still to be done here, and who and what belongs to it. */
export function OpenWork({ object, record }: OpenWorkProps) {
  const { records } = useTexts();
  return (
    <>
      <Section title={records.openCases}>
        {record.cases.length === 0 ? (
          <Nothing>{records.openCasesNone}</Nothing>
        ) : (
          <div className="entry-list">
            {record.cases.map((found) => (
              <Group key={found.id} wrap="nowrap" gap={4} className="entry-row">
                <CaseLine found={found} withOwner={object !== 'person'} />
                <RemindButton object="serviceCase" recordId={found.id} name={found.number ?? found.subject ?? ''} />
              </Group>
            ))}
          </div>
        )}
      </Section>
      {/* A location has a section of its own about them. */}
      {object !== 'location' && record.malfunctions.length > 0 && <Malfunctions record={record} />}
      {record.people.length > 0 && <Names title={records.people} object="person" names={record.people} />}
      {record.locations.length > 0 && <Names title={records.locations} object="location" names={record.locations} />}
    </>
  );
}

function Malfunctions({ record: { malfunctions } }: Pick<OpenWorkProps, 'record'>) {
  const { records } = useTexts();
  return (
    <Section title={records.malfunctions}>
      <div className="entry-list">
        {malfunctions.map((one) => (
          <div key={one.id} className="entry-line">
            <Text size="sm" fw={600} component="div" className="entry-words break">
              <RecordLink object="malfunction" id={one.id}>
                {one.name}
              </RecordLink>
            </Text>
            <Badge size="sm" variant="light" color="orange" tt="none" className="tone-orange">
              {records.caseStates[one.status ?? ''] ?? one.status ?? ''}
            </Badge>
          </div>
        ))}
      </div>
    </Section>
  );
}

interface NamesProps {
  readonly title: string;
  readonly object: string;
  readonly names: readonly { readonly id: string; readonly name: string; readonly jobTitle?: string | null }[];
}

function Names({ title, object, names }: NamesProps) {
  return (
    <Section title={title}>
      <ul className="name-list">
        {names.map((one) => (
          <Text key={one.id} size="sm" component="li">
            <RecordLink object={object} id={one.id}>
              {one.name}
            </RecordLink>
            {one.jobTitle != null && (
              <Text size="xs" c="dimmed" component="span">
                {` · ${one.jobTitle}`}
              </Text>
            )}
          </Text>
        ))}
      </ul>
    </Section>
  );
}
