import { Text } from '@mantine/core';
import { type Icon, IconMail, IconMailForward, IconNote, IconPencil, IconPhone } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { type CaseCall, type CaseEntry, caseMailQuery, type CaseMail, type ShownCase } from '../../api/desk.ts';
import { useTenant } from '../../api/session.ts';
import { clock } from '../../desk/words.ts';
import { Moment } from '../../kit/moment.tsx';
import { Section } from '../../kit/section.tsx';
import { type Texts, useTexts } from '../../texts/index.ts';

type Line = {
  readonly id: string;
  readonly at: string;
  readonly icon: Icon;
  readonly title: string;
  readonly text?: ReactNode;
};

/** Calls, mails and notes of the case, the newest first. */
export function Timeline({ shown }: { readonly shown: ShownCase }) {
  const texts = useTexts();
  const { cases } = texts;
  const tenant = useTenant();
  const { data } = useQuery(caseMailQuery(tenant, shown.caseId));
  const lines = [
    ...shown.entries.map((entry) => ofEntry(entry, shown, texts)),
    ...shown.calls.map((call) => ofCall(call, texts)),
    ...(data?.mails ?? []).map((mail) => ofMail(mail, texts)),
  ].toSorted((one, other) => (one.at < other.at ? 1 : -1));
  return (
    <Section title={cases.timeline}>
      {lines.length === 0 && (
        <Text size="sm" c="dimmed">
          {cases.nothing}
        </Text>
      )}
      <ol className="timeline">
        {lines.map(({ id, at, icon: Sign, title, text }) => (
          <li key={id}>
            <Sign size={17} aria-hidden className="timeline-sign" />
            <div>
              <Text size="sm">
                {title}{' '}
                <Text span size="xs" c="dimmed">
                  <Moment at={at} />
                </Text>
              </Text>
              {text !== undefined && <div className="timeline-text">{text}</div>}
            </div>
          </li>
        ))}
      </ol>
    </Section>
  );
}

function ofEntry(entry: CaseEntry, { links }: ShownCase, { cases }: Texts): Line {
  const { id, at, kind, memberName, body, before, after } = entry;
  const said = (field: string, value: unknown) => {
    if (typeof value !== 'string' || value === '') return cases.none;
    // Of people who had it before, the journal has the id alone.
    if (field.endsWith('Id')) return links[field]?.id === value ? links[field].name : '…';
    return cases.values[value] ?? value;
  };
  const changes = Object.keys(after).filter((field) => field in cases.fields && kind !== 'CREATED');
  const text =
    body !== ''
      ? body
      : changes
          .map((field) => `${cases.fields[field]}: ${said(field, before[field])} → ${said(field, after[field])}`)
          .join('\n');
  return {
    id,
    at,
    icon: kind === 'NOTE' ? IconNote : IconPencil,
    title: `${memberName} ${cases.entries[kind] ?? kind}`,
    ...(text === '' ? {} : { text }),
  };
}

function ofCall(call: CaseCall, { cases, desk }: Texts): Line {
  const { id, startedAt, direction, outcome, phoneNumber, agentName, durationSeconds } = call;
  const title =
    direction === null
      ? cases.callOngoing
      : cases.call(desk.directions[direction] ?? direction, (desk.outcomes[outcome ?? ''] ?? '').toLowerCase());
  const length = durationSeconds !== null && durationSeconds > 0 ? clock(durationSeconds * 1000) : '';
  const text = [phoneNumber, agentName, length].filter((part) => part).join(' · ');
  return { id: `call ${id}`, at: startedAt ?? '', icon: IconPhone, title, ...(text === '' ? {} : { text }) };
}

function ofMail({ id, kind, at, from, subject, excerpt }: CaseMail, { cases }: Texts): Line {
  const who = from.name || from.address;
  return {
    id: `mail ${id}`,
    at,
    icon: kind === 'received' ? IconMail : IconMailForward,
    title: `${kind === 'received' ? cases.mailReceived : cases.mailSent} ${who}: ${subject}`,
    ...(excerpt === '' ? {} : { text: excerpt }),
  };
}
