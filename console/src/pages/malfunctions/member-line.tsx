import { Badge, Group, Text } from '@mantine/core';
import { IconPhone, IconTicket } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { FolderMember } from '../../api/malfunctions.ts';
import { Moment } from '../../kit/moment.tsx';
import { type Texts, useTexts } from '../../texts/index.ts';
import { RecordLink } from '../records/record-link.tsx';

interface MemberLineProps {
  readonly member: FolderMember;
  readonly hint?: ReactNode;
}

/** A call or a case, as it is called everywhere in a folder. */
export function MemberLine({ member, hint }: MemberLineProps) {
  const texts = useTexts();
  const { object, id, status, person, location, company, at } = member;
  const Sign = object === 'phoneCall' ? IconPhone : IconTicket;
  const who = [person, location, company].flatMap((one) => one?.name ?? []).join(' · ');
  const state = object === 'serviceCase' ? (texts.records.caseStates[status] ?? status) : '';
  return (
    <Group gap={8} wrap="nowrap" align="flex-start">
      <Sign size={18} stroke={1.7} aria-hidden className="timeline-sign" />
      <div className="break">
        <Text size="sm" fw={600} component="div">
          <RecordLink object={object} id={id}>
            {memberName(member, texts)}
          </RecordLink>
        </Text>
        <Group gap={6}>
          {who !== '' && (
            <Text size="xs" c="dimmed">
              {who}
            </Text>
          )}
          {state !== '' && (
            <Badge size="sm" variant="light" color="gray" tt="none" className="tone-gray">
              {state}
            </Badge>
          )}
          {at !== null && (
            <Text size="xs" c="dimmed">
              <Moment at={at} />
            </Text>
          )}
        </Group>
        {hint}
      </div>
    </Group>
  );
}

export function memberName({ object, number, title, phoneNumber, at }: FolderMember, { malfunctions }: Texts): string {
  if (object === 'serviceCase') return [number, title].filter((part) => part !== '').join(' · ') || malfunctions.case;
  if (at === null) return malfunctions.callNow;
  return phoneNumber === '' ? malfunctions.call : `${malfunctions.call} ${phoneNumber}`;
}
