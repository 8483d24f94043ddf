import { Anchor, Badge, Group, Paper, Text } from '@mantine/core';
import { IconPhoneOff } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { RecordThere } from '../../api/find.ts';
import { exactly } from '../../kit/exactly.ts';
import { useSpeech, useTexts } from '../../texts/index.ts';
import { CallButton } from './call-button.tsx';
import { RecordLink } from './record-link.tsx';

interface FactsProps {
  readonly record: RecordThere;
  readonly canCall: boolean;
}

/** What one wants to know before one speaks: how to reach them, who they are, what they were promised. */
export function Facts({ record, canCall }: FactsProps) {
  const { records } = useTexts();
  return (
    <Paper withBorder radius="md" p={{ base: 'md', sm: 'lg' }}>
      <dl className="record-facts">
        {record.doNotCall && (
          <Fact name={records.numbers}>
            <Badge
              variant="light"
              color="red"
              tt="none"
              className="tone-red"
              leftSection={<IconPhoneOff size={13} aria-hidden />}
            >
              {records.doNotCall}
            </Badge>
          </Fact>
        )}
        <Numbers record={record} canCall={canCall && !record.doNotCall} />
        <Texts name={records.emails} values={record.emails} href={(email) => `mailto:${email}`} />
        <Texts name={records.address} values={record.address} />
        <Linked name={records.company} object="company" to={record.company} />
        <Linked name={records.location} object="location" to={record.location} />
        <Linked name={records.contact} object="person" to={record.contact} />
        <Texts name={records.access} values={record.accessNotes === null ? [] : [record.accessNotes]} />
        <Fact name={records.contract}>
          <Contract contract={record.contract} />
        </Fact>
      </dl>
    </Paper>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Numbers({ record: { numbers }, canCall }: FactsProps) {
  const { records, day } = useTexts();
  if (numbers.length === 0) return undefined;
  return (
    <Fact name={records.numbers}>
      {/* As high without the button, which comes a little later, as with it. */}
      {numbers.map((number) => (
        <Group key={number.number} gap="sm" justify="space-between" mih={30}>
          <Anchor href={`tel:${number.number}`} size="sm" className="nowrap">
            {number.text}
          </Anchor>
          {canCall && <CallButton number={number} label={day.call} />}
        </Group>
      ))}
    </Fact>
  );
}

interface TextsProps {
  readonly name: string;
  readonly values: readonly string[];
  readonly href?: (value: string) => string;
}

function Texts({ name, values, href }: TextsProps) {
  if (values.length === 0) return undefined;
  return (
    <Fact name={name}>
      {values.map((value) => (
        <Text key={value} size="sm" component="div" className="break">
          {href === undefined ? value : <Anchor href={href(value)}>{value}</Anchor>}
        </Text>
      ))}
    </Fact>
  );
}

interface LinkedProps {
  readonly name: string;
  readonly object: string;
  readonly to: { readonly id: string; readonly name: string } | null;
}

function Linked({ name, object, to }: LinkedProps) {
  if (to === null) return undefined;
  return (
    <Fact name={name}>
      <Text size="sm" component="div">
        <RecordLink object={object} id={to.id}>
          {to.name}
        </RecordLink>
      </Text>
    </Fact>
  );
}

function Contract({ contract }: Pick<RecordThere, 'contract'>) {
  const {
    texts: { records },
    language,
  } = useSpeech();
  if (contract === null) {
    return (
      <Text size="sm" c="dimmed">
        {records.noContract}
      </Text>
    );
  }
  const time = (minutes: number) => exactly(minutes, language);
  const promises = [
    contract.responseMinutes === null ? undefined : records.respond(time(contract.responseMinutes)),
    contract.resolveMinutes === null ? undefined : records.resolve(time(contract.resolveMinutes)),
    records.supportHours[contract.supportHours ?? ''],
    contract.endsOn === null
      ? undefined
      : records.until(new Date(contract.endsOn).toLocaleDateString(language, { dateStyle: 'medium' })),
  ];
  return (
    <>
      <Group gap="xs">
        <Text size="sm" component="div">
          <RecordLink object="contract" id={contract.id}>
            {contract.name}
          </RecordLink>
        </Text>
        {contract.serviceLevel !== null && (
          <Badge size="sm" variant="light" color="blue" tt="none" className="tone-blue">
            {records.serviceLevels[contract.serviceLevel] ?? contract.serviceLevel}
          </Badge>
        )}
      </Group>
      <Text size="xs" c="dimmed">
        {promises.filter((promise) => promise !== undefined).join(' · ')}
      </Text>
    </>
  );
}
