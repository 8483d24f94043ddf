import { Chip, Group, Text } from '@mantine/core';
import { IconAlertTriangle, IconMail, IconMailForward, IconMessage, IconNote, IconTicket } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import {
  type PageObject,
  type TimelineEntry,
  type TimelineKind,
  timelineKinds,
  timelineQuery,
} from '../../api/find.ts';
import { useTenant } from '../../api/session.ts';
import { ExportButton } from '../../kit/export-button.tsx';
import { Lines, Loaded } from '../../kit/loaded.tsx';
import { Moment } from '../../kit/moment.tsx';
import { MoreButton } from '../../kit/more-button.tsx';
import { Section } from '../../kit/section.tsx';
import { useSpeech, useTexts } from '../../texts/index.ts';
import { Nothing } from '../day/nothing.tsx';
import { CallFacts, CallSign } from './call-line.tsx';
import { RecordLink } from './record-link.tsx';

/** Calls, messages, cases and notes as one list, newest first. */
export function Timeline({ object, id }: { readonly object: PageObject; readonly id: string }) {
  const { records } = useTexts();
  const [kinds, setKinds] = useState<readonly TimelineKind[]>([]);
  const query = useInfiniteQuery(timelineQuery(useTenant(), object, id, kinds));
  const hidden = query.data?.pages[0]?.hidden ?? [];
  return (
    <Section
      title={records.timeline}
      actions={
        <ExportButton
          path="/tenants/{tenant}/plugins/service-desk/member/timeline/export"
          filter={{ object, id, kinds: kinds.length === 0 ? undefined : kinds.join(',') }}
        />
      }
    >
      <Chip.Group
        multiple
        value={[...kinds]}
        onChange={(chosen) => setKinds(timelineKinds.filter((kind) => chosen.includes(kind)))}
      >
        <Group gap="xs" role="group" aria-label={records.filter}>
          {timelineKinds
            .filter((kind) => object !== 'person' || kind !== 'malfunction')
            .map((kind) => (
              <Chip key={kind} value={kind} size="xs" variant="outline">
                {records.timelineKinds[kind]}
              </Chip>
            ))}
        </Group>
      </Chip.Group>
      {hidden.length > 0 && (
        <Text size="xs" c="dimmed">
          {records.hidden(hidden.map((kind) => records.timelineKinds[kind]).join(', '))}
        </Text>
      )}
      <Loaded query={query} skeleton={<Lines count={6} height={52} />}>
        {({ pages }) => <Entries entries={pages.flatMap(({ entries }) => entries)} isFiltered={kinds.length > 0} />}
      </Loaded>
      <MoreButton query={query} />
    </Section>
  );
}

function Entries({
  entries,
  isFiltered,
}: {
  readonly entries: readonly TimelineEntry[];
  readonly isFiltered: boolean;
}) {
  const { texts, language } = useSpeech();
  if (entries.length === 0)
    return <Nothing>{isFiltered ? texts.records.timelineNoneKind : texts.records.timelineNone}</Nothing>;
  const dayOf = ({ at }: TimelineEntry) => new Date(at).toLocaleDateString(language, { dateStyle: 'full' });
  const days = Map.groupBy(entries, dayOf);
  return [...days].map(([day, own]) => (
    <section key={day} aria-label={day}>
      <Text size="xs" fw={600} c="dimmed" mb={4}>
        {day}
      </Text>
      <ol className="entry-list">
        {own.map((entry) => (
          <li key={`${entry.kind}-${entry.id}-${entry.at}`} className="entry-line">
            <Sign entry={entry} />
            <Words entry={entry} />
          </li>
        ))}
      </ol>
    </section>
  ));
}

const signs = { chat: IconMessage, case: IconTicket, malfunction: IconAlertTriangle, note: IconNote } as const;

function Sign({ entry: { kind, call, direction } }: { readonly entry: TimelineEntry }) {
  if (kind === 'call' && call !== null) return <CallSign call={call} />;
  const Icon =
    kind === 'mail' || kind === 'call' ? (direction === 'OUTBOUND' ? IconMailForward : IconMail) : signs[kind];
  return <Icon size={18} color="var(--tone-gray)" aria-hidden className="entry-sign" />;
}

const objects = {
  case: 'serviceCase',
  malfunction: 'malfunction',
  call: 'phoneCall',
  mail: 'caseMessage',
  chat: 'caseMessage',
  note: 'note',
} as const;

function Words({ entry }: { readonly entry: TimelineEntry }) {
  const { records, day } = useTexts();
  const { kind, call } = entry;
  const title = kind === 'call' ? (call?.number?.text ?? day.withheld) : entry.title;
  return (
    <div className="entry-words">
      <Text size="sm" fw={600} component="div" className="break">
        <RecordLink object={objects[kind]} id={entry.id}>
          {title === '' ? records.timelineKinds[kind] : title}
        </RecordLink>
      </Text>
      {entry.text !== '' && (
        <Text size="sm" className="details break">
          {entry.text}
        </Text>
      )}
      <Text size="xs" c="dimmed" component="div" className="break">
        {call !== null ? <CallFacts call={{ ...call, number: null, startedAt: null }} /> : <Facts entry={entry} />}
        {entry.case !== null && (
          <>
            {' · '}
            <RecordLink object="serviceCase" id={entry.case.id}>
              {entry.case.name}
            </RecordLink>
          </>
        )}
        {hasFacts(entry) && ' · '}
        <Moment at={entry.at} />
      </Text>
    </div>
  );
}

const hasFacts = ({ kind, who, case: about, direction }: TimelineEntry): boolean =>
  kind !== 'note' || who !== null || about !== null || direction !== null;

function Facts({ entry: { kind, direction, state, who } }: { readonly entry: TimelineEntry }) {
  const { records, day, malfunctions } = useTexts();
  const states = { case: records.caseStates, malfunction: malfunctions.states };
  const facts =
    kind === 'case' || kind === 'malfunction'
      ? [records.opened, states[kind][state ?? '']]
      : [day.directions[direction ?? '']];
  return [...facts, who].filter((fact) => fact != null && fact !== '').join(' · ');
}
