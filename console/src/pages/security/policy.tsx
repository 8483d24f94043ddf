import { Button, Group, Stack, Switch, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { changePolicy, enforceTwoFactor, type Policy, policyQuery, twoFactorQuery } from '../../api/security.ts';
import { useTenant } from '../../api/session.ts';
import { Confirm } from '../../kit/confirm.tsx';
import { Loaded } from '../../kit/loaded.tsx';
import { Section } from '../../kit/section.tsx';
import { ToneIcon } from '../../kit/state-badge.tsx';
import { useDeed } from '../../kit/use-deed.ts';
import { useTexts } from '../../texts/index.ts';

/** What signing in takes: here, and in Twenty. */
export function PolicySection() {
  const { security } = useTexts();
  const tenant = useTenant();
  const query = useQuery(policyQuery(tenant));
  const { data: factors } = useQuery(twoFactorQuery(tenant));
  const [isRequiring, setRequiring] = useState(false);
  const without = (factors?.members ?? []).filter(({ state }) => state === 'off').length;
  const isHarmless = without === 0 || factors?.isEnforced === true;
  const change = useDeed({
    act: (policy: Partial<Policy>) => changePolicy(tenant, policy),
    done: () => security.saved,
    touches: ['policy'],
    onDone: () => setRequiring(false),
  });
  return (
    <Section title={security.policy}>
      <Loaded query={query}>
        {({ requireTwoFactor, isListed }) => (
          <Stack gap="md">
            <Switch
              label={security.require}
              description={security.requireHint}
              checked={requireTwoFactor}
              disabled={change.isPending}
              onChange={() =>
                requireTwoFactor || isHarmless
                  ? change.mutate({ requireTwoFactor: !requireTwoFactor })
                  : setRequiring(true)
              }
            />
            <Enforcement />
            <Switch
              label={security.listed}
              description={security.listedHint}
              checked={isListed}
              disabled={change.isPending}
              onChange={() => change.mutate({ isListed: !isListed })}
            />
          </Stack>
        )}
      </Loaded>
      {isRequiring && (
        <Confirm
          title={security.requireTitle}
          text={security.requireText(without)}
          deed={security.requireDeed}
          isGrave
          isBusy={change.isPending}
          error={change.error}
          onConfirm={() => change.mutate({ requireTwoFactor: true })}
          onClose={() => setRequiring(false)}
        />
      )}
    </Section>
  );
}

/** Whether Twenty itself demands a second factor, and the one button that has it do so. */
function Enforcement() {
  const { security, common } = useTexts();
  const tenant = useTenant();
  const { data, refetch, isFetching } = useQuery(twoFactorQuery(tenant));
  const [isAsking, setAsking] = useState(false);
  const enforce = useMutation({
    mutationFn: () => enforceTwoFactor(tenant, `/console/${tenant}/security`),
    onSuccess: ({ location }) => window.location.assign(location),
  });
  if (data === undefined) return undefined;
  if (data.isEnforced === null) {
    return (
      <Group gap="sm" pl={4}>
        <ToneIcon tone="warning" />
        <Text size="sm">{security.enforcementUnknown}</Text>
        <Button size="xs" variant="default" loading={isFetching} onClick={() => void refetch()}>
          {common.tryAgain}
        </Button>
      </Group>
    );
  }
  return (
    <Group gap="sm" wrap="nowrap" align="flex-start" pl={4}>
      <ToneIcon tone={data.isEnforced ? 'ok' : 'warning'} />
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{data.isEnforced ? security.enforcedInTwenty : security.notEnforcedInTwenty}</Text>
        {!data.isEnforced && (
          <Button size="xs" variant="default" onClick={() => setAsking(true)}>
            {security.enforce}
          </Button>
        )}
      </Stack>
      {isAsking && (
        <Confirm
          title={security.enforceTitle}
          text={security.enforceText}
          deed={security.confirmInTwenty}
          isBusy={enforce.isPending}
          error={enforce.error}
          onConfirm={() => enforce.mutate()}
          onClose={() => setAsking(false)}
        />
      )}
    </Group>
  );
}
