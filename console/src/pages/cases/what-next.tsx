import { Badge, Group, Text } from '@mantine/core';
import { IconBell, IconMail, IconPhoneX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { type CaseHandling, handlingQuery } from '../../api/journal.ts';
import { useTenant } from '../../api/session.ts';
import { Lines, Loaded } from '../../kit/loaded.tsx';
import { Moment } from '../../kit/moment.tsx';
import { Section } from '../../kit/section.tsx';
import { useTexts } from '../../texts/index.ts';

/** Where the case stands, who does what next, and who waits for an answer. */
export function WhatNext({ caseId }: { readonly caseId: string }) {
  const { journal } = useTexts();
  const query = useQuery(handlingQuery(useTenant(), caseId));
  return (
    <Section title={journal.next}>
      <Loaded query={query} skeleton={<Lines count={3} height={24} />}>
        {(handling) => <Next handling={handling} />}
      </Loaded>
    </Section>
  );
}

function Next({ handling }: { readonly handling: CaseHandling }) {
  const { cases, journal } = useTexts();
  const { status, isEnded, assignee, nextStep, nextStepAt, due } = handling;
  return (
    <dl className="next-facts">
      <Fact name={cases.fields['status'] ?? ''}>
        {status === null ? (
          cases.none
        ) : (
          <Badge variant="default" tt="none">
            {cases.values[status] ?? status}
          </Badge>
        )}
      </Fact>
      <Fact name={journal.assignee}>{assignee?.name ?? <Faint>{journal.nobody}</Faint>}</Fact>
      {due.map(({ field, at }) => (
        <Fact key={field} name={cases.fields[field] ?? field}>
          <Due at={at} />
        </Fact>
      ))}
      <Fact name={journal.nextStep}>
        {isEnded ? <Faint>{journal.ended}</Faint> : (nextStep ?? <Faint>{journal.noNextStep}</Faint>)}
        {!isEnded && nextStepAt !== null && <Due at={nextStepAt} />}
      </Fact>
      <Waiting handling={handling} />
    </dl>
  );
}

function Waiting({ handling: { questions, reminders } }: { readonly handling: CaseHandling }) {
  const { journal } = useTexts();
  return (
    <>
      <Fact name={journal.waiting}>
        {questions.length === 0 && <Faint>{journal.noneWaiting}</Faint>}
        {questions.map(({ kind, at, who, subject }) => {
          const Sign = kind === 'mail' ? IconMail : IconPhoneX;
          const said =
            kind === 'mail'
              ? journal.questions.mail(who ?? journal.actors.CUSTOMER, subject ?? '')
              : journal.questions['missed-call'](who ?? '');
          return (
            <Signed key={`${kind}${at}`} sign={<Sign size={15} aria-hidden />} at={at}>
              {said}
            </Signed>
          );
        })}
      </Fact>
      {reminders.length > 0 && (
        <Fact name={journal.reminders}>
          {reminders.map(({ id, note, dueAt }) => (
            <Signed key={id} sign={<IconBell size={15} aria-hidden />} at={dueAt}>
              {note}
            </Signed>
          ))}
        </Fact>
      )}
    </>
  );
}

const Fact = ({ name, children }: { readonly name: string; readonly children: ReactNode }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);

const Faint = ({ children }: { readonly children: string }) => (
  <Text span size="sm" c="dimmed">
    {children}
  </Text>
);

interface SignedProps {
  readonly sign: ReactNode;
  readonly at: string;
  readonly children: string;
}

function Signed({ sign, at, children }: SignedProps) {
  return (
    <Group gap={6} wrap="nowrap" align="flex-start" className="next-line">
      {sign}
      <Text size="sm" className="break">
        {children}{' '}
        <Text span size="xs" c="dimmed">
          <Moment at={at} />
        </Text>
      </Text>
    </Group>
  );
}

function Due({ at }: { readonly at: string }) {
  const { journal } = useTexts();
  const isLate = Date.parse(at) < Date.now();
  return (
    <Text span size="sm" className={isLate ? 'next-late' : ''}>
      {` ${journal.by} `}
      <Moment at={at} />
      {isLate && ` (${journal.late})`}
    </Text>
  );
}
