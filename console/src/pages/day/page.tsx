import '../records/records.css';
import { Badge, Grid, Stack } from '@mantine/core';
import { IconSunHigh } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type Day, dayQuery, mailLookQuery } from '../../api/day.ts';
import { useTenant } from '../../api/session.ts';
import { Empty } from '../../kit/empty.tsx';
import { ExportButton } from '../../kit/export-button.tsx';
import { Lines, Loaded } from '../../kit/loaded.tsx';
import { Page } from '../../kit/page.tsx';
import { roomFor } from '../../kit/room.ts';
import { Section } from '../../kit/section.tsx';
import { useTexts } from '../../texts/index.ts';
import { CallButton } from '../records/call-button.tsx';
import { CallLine } from '../records/call-line.tsx';
import { CaseLine } from '../records/case-line.tsx';
import { UnattendedMailboxes } from '../mail/unattended.tsx';
import { Mails } from './mails.tsx';
import { Nothing } from './nothing.tsx';
import { RemindButton } from './remind-button.tsx';
import { Reminders } from './reminders.tsx';

/** What an agent has to do today, whoever waits longest first. */
export function DayPage() {
  const { day: texts } = useTexts();
  const query = useQuery(dayQuery(useTenant()));
  return (
    <Page title={texts.title} intro={texts.intro}>
      <UnattendedMailboxes />
      <Loaded query={query} skeleton={<Lines count={8} height={56} />}>
        {(day) =>
          day === null ? <Empty icon={IconSunHigh} title={texts.noDesk} hint={texts.noDeskHint} /> : <Lists day={day} />
        }
      </Loaded>
    </Page>
  );
}

function Lists({ day }: { readonly day: Day }) {
  const mails = useQuery(mailLookQuery(useTenant()));
  return (
    <Grid gap="lg" type="container" breakpoints={roomFor}>
      <Grid.Col span={{ base: 12, md: 7 }}>
        <Stack gap="lg">
          <Missed day={day} />
          <Cases day={day} />
        </Stack>
      </Grid.Col>
      <Grid.Col span={{ base: 12, md: 5 }}>
        <Stack gap="lg">
          <Reminders reminders={day.reminders} />
          {mails.data != null && <Mails mails={mails.data} />}
          <Calls day={day} />
        </Stack>
      </Grid.Col>
    </Grid>
  );
}

function Missed({ day: { missed, canCall } }: { readonly day: Day }) {
  const { day } = useTexts();
  return (
    <Section title={day.missed} hint={day.missedHint} actions={<Number value={missed.length} />}>
      {missed.length === 0 ? (
        <Nothing>{day.missedNone}</Nothing>
      ) : (
        <div className="entry-list">
          {missed.map((call) => (
            <CallLine key={call.id} call={call} note={call.times > 1 ? day.times(call.times) : undefined}>
              <RemindButton object="phoneCall" recordId={call.id} name={call.number?.text ?? day.withheld} />
              {canCall && call.number !== null && (
                <CallButton number={call.number} label={day.callBack} variant="filled" />
              )}
            </CallLine>
          ))}
        </div>
      )}
    </Section>
  );
}

function Cases({ day: { cases } }: { readonly day: Day }) {
  const { day } = useTexts();
  return (
    <Section
      title={day.cases}
      hint={day.casesHint}
      actions={
        <>
          <Number value={cases.length} />
          {cases.length > 0 && <ExportButton path="/tenants/{tenant}/plugins/service-desk/member/day/cases/export" />}
        </>
      }
    >
      {cases.length === 0 ? (
        <Nothing>{day.casesNone}</Nothing>
      ) : (
        <div className="entry-list">
          {cases.map((found) => (
            <CaseLine key={found.id} found={found} />
          ))}
        </div>
      )}
    </Section>
  );
}

function Calls({ day: { calls, canCall } }: { readonly day: Day }) {
  const { day } = useTexts();
  return (
    <Section title={day.calls}>
      {calls.length === 0 ? (
        <Nothing>{day.callsNone}</Nothing>
      ) : (
        <div className="entry-list">
          {calls.map((call) => (
            <CallLine key={call.id} call={call}>
              {canCall && call.number !== null && <CallButton number={call.number} label={day.call} />}
            </CallLine>
          ))}
        </div>
      )}
    </Section>
  );
}

function Number({ value }: { readonly value: number }) {
  if (value === 0) return undefined;
  return (
    <Badge variant="light" color="gray" className="tone-gray">
      {value}
    </Badge>
  );
}
