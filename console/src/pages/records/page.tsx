import { Button, Grid, List, Stack, Text } from '@mantine/core';
import { IconExternalLink, IconGhost } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect } from 'react';
import { Problem } from '../../api/client.ts';
import { dayOutlineQuery } from '../../api/day.ts';
import { type PageObject, type RecordGone, recordQuery, type RecordThere } from '../../api/find.ts';
import { useSession, useTenant } from '../../api/session.ts';
import { Empty } from '../../kit/empty.tsx';
import { Lines, Loaded } from '../../kit/loaded.tsx';
import { Page } from '../../kit/page.tsx';
import { roomFor } from '../../kit/room.ts';
import { useTexts } from '../../texts/index.ts';
import { RemindButton } from '../day/remind-button.tsx';
import { WriteTo } from '../mail/write-to.tsx';
import { noteOpened } from '../search/recent.ts';
import { Facts } from './facts.tsx';
import { OpenWork } from './open-work.tsx';
import { RecordLink } from './record-link.tsx';
import { Timeline } from './timeline.tsx';
import { useTwentyLink } from './twenty.ts';

interface RecordPageProps {
  readonly object: PageObject;
  readonly id: string;
  /** What only pages of this object have. */
  readonly children?: ReactNode;
}

/** A person, a company or a place: how to reach them, what is open, and all that happened. */
export function RecordPage({ object, id, children }: RecordPageProps) {
  const { records } = useTexts();
  const query = useQuery(recordQuery(useTenant(), object, id));
  if (query.error instanceof Problem && (query.error.status === 404 || query.error.status === 400)) {
    return <Empty icon={IconGhost} title={records.notFound} hint={records.notFoundHint} isPage />;
  }
  return (
    <Loaded query={query} skeleton={<Lines count={8} height={48} />}>
      {(record) =>
        record.state === 'gone' ? (
          <Gone object={object} record={record} />
        ) : (
          <There object={object} record={record}>
            {children}
          </There>
        )
      }
    </Loaded>
  );
}

interface ThereProps extends Omit<RecordPageProps, 'id'> {
  readonly record: RecordThere;
}

function There({ object, record, children }: ThereProps) {
  const { records, day } = useTexts();
  const tenant = useTenant();
  const { member } = useSession();
  const { data } = useQuery(dayOutlineQuery(tenant));
  const twenty = useTwentyLink()(object, record.id);
  const { id, name } = record;
  useEffect(
    () => noteOpened(tenant, member.id, { kind: object, id, title: name }),
    [tenant, member.id, object, id, name],
  );
  const intro = [records.one[object], record.jobTitle].filter((part) => part !== null).join(' · ');
  const actions = (
    <>
      {object === 'person' && <WriteTo record={record} />}
      <RemindButton object={object} recordId={id} name={name} isWide />
      {twenty !== undefined && (
        <Button
          component="a"
          href={twenty}
          target="_blank"
          rel="noreferrer"
          variant="default"
          rightSection={<IconExternalLink size={16} aria-hidden />}
        >
          {day.openInTwenty}
        </Button>
      )}
    </>
  );
  return (
    <Page title={name} intro={intro} actions={actions}>
      <Grid gap="lg" type="container" breakpoints={roomFor}>
        <Grid.Col span={{ base: 12, md: 5 }}>
          <Stack gap="lg">
            <Facts record={record} canCall={data?.canCall === true} />
            <OpenWork object={object} record={record} />
            {/* Last, so that nothing below it moves when it comes. */}
            {children}
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 7 }}>
          <Timeline object={object} id={id} />
        </Grid.Col>
      </Grid>
    </Page>
  );
}

function Gone({ object, record: { name, instead } }: { readonly object: PageObject; readonly record: RecordGone }) {
  const { records } = useTexts();
  return (
    <Empty icon={IconGhost} title={records.gone(name)} hint={records.goneHint} isPage>
      {instead.length > 0 && (
        <>
          <Text size="sm" fw={600} mt="md">
            {records.instead}
          </Text>
          <List listStyleType="none" ta="left">
            {instead.map((one) => (
              <List.Item key={one.id}>
                <RecordLink object={object} id={one.id}>
                  {one.name}
                </RecordLink>
              </List.Item>
            ))}
          </List>
        </>
      )}
    </Empty>
  );
}
