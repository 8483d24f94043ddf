import { Alert, AppShell, Badge, Burger, Button, Group, NavLink, ScrollArea, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconEye } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, Outlet, useRouterState } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useRef } from 'react';
import { dayOutlineQuery } from '../api/day.ts';
import { deskQuery } from '../api/desk-setup.ts';
import { stuckQuery } from '../api/operations.ts';
import { endView } from '../api/roles.ts';
import { useMay, useSession, useTenant } from '../api/session.ts';
import { DeskProvider } from '../desk/desk-context.tsx';
import { useTexts } from '../texts/index.ts';
import { AccountMenu } from './account-menu.tsx';
import { KeptToRights } from './kept-to-rights.tsx';
import { navigation } from './navigation.ts';
import { RefusedNote } from './refused-note.tsx';
import { SearchButton } from './search-button.tsx';
import { WorkspaceMenu } from './workspace-menu.tsx';
import mark from './mark.svg';

const Dock = lazy(async () => ({ default: (await import('../desk/dock.tsx')).Dock }));

/** The frame around every page of a workspace, with the calls at its edge. */
export function Shell() {
  const tenant = useTenant();
  const { member, plugins } = useSession();
  const { data: desk } = useQuery({ ...deskQuery(tenant), enabled: plugins.includes('service-desk') });
  const hasCalls = desk?.showsCalls === true;
  return (
    <DeskProvider
      key={`${tenant} ${member.id}`}
      tenant={tenant}
      memberId={member.id}
      isOn={desk != null}
      hasCalls={hasCalls}
    >
      <Frame />
      {hasCalls && (
        <Suspense>
          <Dock />
        </Suspense>
      )}
    </DeskProvider>
  );
}

/** Menu at the side, below a button on a telephone. */
function Frame() {
  const texts = useTexts();
  const [isOpen, { toggle, close }] = useDisclosure();
  const path = useRouterState({ select: ({ location }) => location.pathname });
  const main = useRef<HTMLElement>(null);
  const isFirst = useRef(true);
  useEffect(() => {
    close();
    // A new page begins at its top for the keyboard and the screen reader as well.
    if (!isFirst.current) main.current?.focus({ preventScroll: true });
    isFirst.current = false;
  }, [path, close]);
  const burger = (
    <Burger
      hiddenFrom="sm"
      size="sm"
      opened={isOpen}
      onClick={toggle}
      aria-label={texts.shell.menu}
      aria-expanded={isOpen}
    />
  );
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 248, breakpoint: 'sm', collapsed: { mobile: !isOpen } }}
      padding={{ base: 'md', sm: 'xl' }}
      layout="alt"
      withBorder
    >
      <a className="skip" href="#content">
        {texts.shell.skip}
      </a>
      <AppShell.Header px="md">
        <Group h="100%" justify="space-between" wrap="nowrap">
          <Group gap="sm" wrap="nowrap">
            {burger}
            <WorkspaceMenu />
          </Group>
          <Group gap="sm" wrap="nowrap">
            <SearchButton />
            <AccountMenu />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="sm">
        <Group h={40} px="xs" mb="sm" gap="sm" justify="space-between" wrap="nowrap">
          <Group gap="sm" wrap="nowrap">
            <img src={mark} alt="" width={26} height={26} />
            <Text fw={700}>{texts.shell.product}</Text>
          </Group>
          {burger}
        </Group>
        <Menu />
      </AppShell.Navbar>
      <AppShell.Main id="content" ref={main} tabIndex={-1} className="content">
        <ViewNote />
        <RefusedNote />
        <div className="page-width">
          <KeptToRights>
            <Outlet />
          </KeptToRights>
        </div>
      </AppShell.Main>
    </AppShell>
  );
}

function Menu() {
  const { shell } = useTexts();
  const tenant = useTenant();
  const may = useMay();
  const { plugins } = useSession();
  return (
    <ScrollArea component="nav" aria-label={shell.menu}>
      {navigation.map(({ group, entries }) => {
        const open = entries.filter((entry) => ('needs' in entry ? may(entry.needs) : plugins.includes(entry.plugin)));
        if (open.length === 0) return undefined;
        return (
          <div key={group} className="menu-group">
            <Text size="xs" fw={600} c="dimmed" px="xs" pb={4}>
              {shell.groups[group]}
            </Text>
            {open.map(({ to, name, icon: Sign }) => (
              <Link key={name} to={to} params={{ tenant }} className="menu-link">
                {({ isActive }) => (
                  <NavLink
                    component="span"
                    active={isActive}
                    label={shell.nav[name]}
                    leftSection={<Sign size={18} stroke={1.7} aria-hidden />}
                    rightSection={<Count name={name} tenant={tenant} />}
                  />
                )}
              </Link>
            ))}
          </div>
        );
      })}
    </ScrollArea>
  );
}

function Count({ name, tenant }: { readonly name: string; readonly tenant: string }) {
  if (name === 'stuck') return <StuckCount tenant={tenant} />;
  return name === 'day' ? <DayCount tenant={tenant} /> : undefined;
}

/** Who waits for a call, and what is to be thought of by now. */
function DayCount({ tenant }: { readonly tenant: string }) {
  const { data } = useQuery(dayOutlineQuery(tenant));
  const due = (data?.reminders ?? []).filter(({ dueAt }) => Date.parse(dueAt) <= Date.now());
  const count = (data?.missed ?? 0) + due.length;
  if (count === 0) return undefined;
  return (
    <Badge size="sm" color="brand" variant="filled" circle={count < 10}>
      {count}
    </Badge>
  );
}

/** How much waits for a person: the one number that must not be overlooked. */
function StuckCount({ tenant }: { readonly tenant: string }) {
  const { data: count = 0 } = useQuery(stuckQuery(tenant));
  if (count === 0) return undefined;
  return (
    <Badge size="sm" color="red" variant="filled" circle={count < 10}>
      {count}
    </Badge>
  );
}

function ViewNote() {
  const { shell } = useTexts();
  const { viewing } = useSession();
  const tenant = useTenant();
  const queries = useQueryClient();
  const end = useMutation({ mutationFn: () => endView(tenant), onSuccess: () => queries.invalidateQueries() });
  if (viewing === null) return undefined;
  return (
    <Alert mb="lg" color="orange" icon={<IconEye aria-hidden />} className="note">
      <Group justify="space-between">
        <Text size="sm">{shell.viewing(viewing.label)}</Text>
        <Button size="xs" variant="default" loading={end.isPending} onClick={() => end.mutate()}>
          {shell.stopViewing}
        </Button>
      </Group>
    </Alert>
  );
}
