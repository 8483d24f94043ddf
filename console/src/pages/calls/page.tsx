import { Badge, Button, Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { IconMessageSearch, IconPhone, IconPhoneOutgoing } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { RecentCall } from '../../api/desk.ts';
import { recentCallsQuery } from '../../api/recent-calls.ts';
import { useMay, useSession, useTenant } from '../../api/session.ts';
import { CaseLink } from '../../desk/case-link.tsx';
import { useDesk } from '../../desk/desk-context.tsx';
import { inOrder, type KeptCall } from '../../desk/kept.ts';
import { Ticking } from '../../desk/ticking.tsx';
import { useCallBack } from '../../desk/use-card-deeds.ts';
import { clock, whereOf, whoOf } from '../../desk/words.ts';
import { DataTable } from '../../kit/data-table.tsx';
import { Empty } from '../../kit/empty.tsx';
import { ExportButton } from '../../kit/export-button.tsx';
import { Loaded } from '../../kit/loaded.tsx';
import { Moment } from '../../kit/moment.tsx';
import { Page } from '../../kit/page.tsx';
import { Section } from '../../kit/section.tsx';
import { useTexts } from '../../texts/index.ts';
import { RecordLink } from '../records/record-link.tsx';
import '../../desk/desk.css';

/** Calls that go on, and those before. */
export function CallsPage() {
  const { desk } = useTexts();
  return (
    <Page title={desk.page.title} intro={desk.page.intro} actions={<SearchSaid />}>
      <Now />
      <Recent />
    </Page>
  );
}

/** To the search in what was said, for those who may hear it. */
function SearchSaid() {
  const { said } = useTexts();
  const tenant = useTenant();
  const may = useMay();
  const { plugins } = useSession();
  if (!plugins.includes('ai-transcribe') || !may('recordings.listen')) return undefined;
  return (
    <Button
      size="xs"
      variant="default"
      leftSection={<IconMessageSearch size={15} aria-hidden />}
      renderRoot={(props) => <Link {...props} to="/$tenant/calls/said" params={{ tenant }} />}
    >
      {said.search}
    </Button>
  );
}

function Now() {
  const { desk } = useTexts();
  const calls = inOrder(useDesk()?.calls ?? {}).filter(({ overAt }) => overAt === undefined);
  return (
    <Section title={desk.page.now}>
      {calls.length === 0 ? (
        <Empty icon={IconPhone} title={desk.page.nobody} hint={desk.page.nobodyHint} />
      ) : (
        <Stack gap="sm">
          {calls.map((call) => (
            <Ongoing key={call.card.callId} call={call} />
          ))}
        </Stack>
      )}
    </Section>
  );
}

function Ongoing({ call: { card } }: { readonly call: KeptCall }) {
  const texts = useTexts();
  const color = card.state === 'ringing' ? 'orange' : 'green';
  return (
    <Group justify="space-between" gap="xs">
      <div>
        <Text fw={600}>{whoOf(card, texts)}</Text>
        <Text size="sm" c="dimmed">
          {[whereOf(card), card.phoneNumber].filter((part) => part !== '').join(' · ')}
        </Text>
      </div>
      <Group gap="xs">
        <Ticking since={card.answeredAt ?? card.startedAt} />
        <Badge variant="light" tt="none" color={color} className={`tone-${color}`}>
          {texts.desk.states[card.state]}
        </Badge>
      </Group>
    </Group>
  );
}

type Which = 'mine' | 'missed';

function Recent() {
  const { desk } = useTexts();
  const tenant = useTenant();
  const [which, setWhich] = useState<Which>('mine');
  const query = useInfiniteQuery(recentCallsQuery(tenant, which));
  const kinds = [
    { value: 'mine', label: desk.page.mine },
    { value: 'missed', label: desk.page.missed },
  ];
  const choice = (
    <SegmentedControl
      size="xs"
      aria-label={desk.page.which}
      // The words are readable at once, not after a fade.
      transitionDuration={0}
      value={which}
      onChange={(value) => setWhich(value as Which)}
      data={kinds}
    />
  );
  return (
    <Section
      title={which === 'mine' ? desk.page.mine : desk.page.missed}
      actions={
        <>
          {choice}
          <ExportButton path="/tenants/{tenant}/plugins/service-desk/member/calls/export" filter={{ which }} />
        </>
      }
    >
      <Loaded query={query}>
        {({ pages }) => {
          const calls = pages.flatMap((page) => page.calls);
          if (calls.length === 0) return <Empty icon={IconPhone} title={desk.page.none} hint={desk.page.noneHint} />;
          return (
            <Stack gap="sm">
              <CallTable calls={calls} caption={which === 'mine' ? desk.page.mine : desk.page.missed} />
              {query.hasNextPage && (
                <Button
                  variant="default"
                  size="xs"
                  loading={query.isFetchingNextPage}
                  onClick={() => void query.fetchNextPage()}
                  style={{ alignSelf: 'center' }}
                >
                  {desk.page.more}
                </Button>
              )}
            </Stack>
          );
        }}
      </Loaded>
    </Section>
  );
}

function CallTable({ calls, caption }: { readonly calls: readonly RecentCall[]; readonly caption: string }) {
  const { desk } = useTexts();
  const whoIs = ({ person, location, company, phoneNumber }: RecentCall) =>
    person?.name ?? location?.name ?? company?.name ?? (phoneNumber || desk.withheld);
  return (
    <DataTable
      caption={caption}
      rows={calls}
      idOf={({ id }) => id}
      columns={[
        {
          id: 'who',
          title: desk.page.who,
          isWide: true,
          cell: (call) => (
            <div>
              <Text size="sm" fw={600} component="div">
                <RecordLink object="phoneCall" id={call.id}>
                  {whoIs(call)}
                </RecordLink>
              </Text>
              <Text size="xs" c="dimmed">
                {[call.person === null ? '' : call.company?.name, call.phoneNumber].filter((part) => part).join(' · ')}
              </Text>
            </div>
          ),
        },
        { id: 'when', title: desk.page.when, cell: ({ startedAt }) => startedAt && <Moment at={startedAt} /> },
        { id: 'outcome', title: desk.page.outcome, cell: (call) => <HowItWent call={call} /> },
        {
          id: 'about',
          title: desk.page.about,
          cell: ({ serviceCase }) => serviceCase && <CaseLink id={serviceCase.id}>{serviceCase.name}</CaseLink>,
        },
        { id: 'back', title: desk.callBack, cell: (call) => <CallBack call={call} who={whoIs(call)} /> },
      ]}
    />
  );
}

function HowItWent({ call: { direction, outcome, durationSeconds, followedUpAt } }: { readonly call: RecentCall }) {
  const { desk } = useTexts();
  const isMissed = outcome === 'MISSED';
  const tone = isMissed && followedUpAt === null ? 'red' : 'gray';
  return (
    <Group gap={6}>
      <Badge variant="light" tt="none" color={tone} className={`tone-${tone}`}>
        {desk.outcomes[outcome ?? ''] ?? desk.directions[direction ?? ''] ?? ''}
      </Badge>
      {isMissed && followedUpAt !== null && <Text size="xs">{desk.page.calledBack}</Text>}
      {durationSeconds !== null && durationSeconds > 0 && <Text size="xs">{clock(durationSeconds * 1000)}</Text>}
    </Group>
  );
}

function CallBack({ call, who }: { readonly call: RecentCall; readonly who: string }) {
  const { desk } = useTexts();
  const may = useMay();
  const callBack = useCallBack();
  const { phoneNumber } = call;
  if (!phoneNumber || !may('calls.make')) return undefined;
  return (
    <Button
      size="compact-xs"
      variant="default"
      leftSection={<IconPhoneOutgoing size={13} aria-hidden />}
      loading={callBack.isPending}
      onClick={() => callBack.mutate(phoneNumber)}
      aria-label={`${desk.callBack}: ${who}`}
    >
      {desk.callBack}
    </Button>
  );
}
