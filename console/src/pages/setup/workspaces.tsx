import { Button, Divider, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { leaveSetup, signInAddress, tenantsQuery } from '../../api/sign-in.ts';
import type { Tenant } from '../../api/types.ts';
import { Loaded } from '../../kit/loaded.tsx';
import { StateBadge } from '../../kit/state-badge.tsx';
import { useTexts } from '../../texts/index.ts';
import { Frame } from '../sign-in/frame.tsx';
import { ConnectForm } from './connect-form.tsx';

/** What the operator sees: the workspaces of the hub, and the form that connects one. */
export function Workspaces() {
  const query = useQuery(tenantsQuery);
  const { setup } = useTexts();
  return (
    <Loaded query={query} skeleton={<Frame title={setup.title} width={640} />}>
      {(tenants) => <Chosen tenants={tenants} />}
    </Loaded>
  );
}

function Chosen({ tenants }: { readonly tenants: readonly Tenant[] }) {
  const { setup } = useTexts();
  const isFirst = tenants.every(({ crmUrl }) => crmUrl === undefined);
  // A tenant without a connection is a set-up that was left half way: it is gone on with.
  const { workspace } = useSearch({ from: '/setup' });
  const [chosen, setChosen] = useState<Tenant | 'new' | undefined>(
    () => tenants.find(({ slug }) => slug === workspace) ?? (isFirst ? (tenants[0] ?? 'new') : undefined),
  );
  const navigate = useNavigate();
  const back = () => {
    setChosen(undefined);
    void navigate({ to: '/setup', replace: true });
  };
  if (chosen !== undefined) {
    return (
      <Frame title={setup.welcome} hint={setup.intro} width={640}>
        <ConnectForm known={chosen === 'new' ? undefined : chosen} {...(isFirst ? {} : { onBack: back })} />
      </Frame>
    );
  }
  return (
    <Frame title={setup.workspaces} hint={setup.workspacesHint} width={640}>
      <Stack gap="sm">
        {tenants.map((tenant) => (
          <Line key={tenant.id} tenant={tenant} onConnect={() => setChosen(tenant)} />
        ))}
      </Stack>
      <Divider />
      <Group justify="space-between">
        <Button onClick={() => setChosen('new')}>{setup.another}</Button>
        <Leave />
      </Group>
    </Frame>
  );
}

function Line({ tenant, onConnect }: { readonly tenant: Tenant; readonly onConnect: () => void }) {
  const { setup } = useTexts();
  const isConnected = tenant.crmUrl !== undefined;
  return (
    <Group justify="space-between" gap="sm">
      <div>
        <Text fw={600}>{tenant.name}</Text>
        <Text size="sm" c="dimmed" className="break">
          {tenant.crmUrl ?? tenant.slug}
        </Text>
      </div>
      <Group gap="xs">
        {tenant.state === 'suspended' ? (
          <StateBadge tone="paused">{setup.suspended}</StateBadge>
        ) : (
          <StateBadge tone={isConnected ? 'ok' : 'off'}>
            {isConnected ? setup.connected : setup.notConnected}
          </StateBadge>
        )}
        <Button size="xs" variant="default" onClick={onConnect}>
          {isConnected ? setup.connectAgain : setup.connect}
        </Button>
        {isConnected && (
          <Button size="xs" variant="default" component="a" href={signInAddress(tenant.slug)}>
            {setup.continue}
          </Button>
        )}
      </Group>
    </Group>
  );
}

function Leave() {
  const { setup } = useTexts();
  const queries = useQueryClient();
  const leave = useMutation({ mutationFn: leaveSetup, onSuccess: () => queries.invalidateQueries() });
  return (
    <Button variant="subtle" color="gray" loading={leave.isPending} onClick={() => leave.mutate()} className="plain">
      {setup.finish}
    </Button>
  );
}
