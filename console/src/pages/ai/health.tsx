import { Anchor, Group, SimpleGrid, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { type EngineHealth, engineHealthQuery, type Told } from '../../api/preparations.ts';
import { useTenant } from '../../api/session.ts';
import { Lines, Loaded } from '../../kit/loaded.tsx';
import { Moment } from '../../kit/moment.tsx';
import { Section } from '../../kit/section.tsx';
import { ToneIcon, type Tone } from '../../kit/state-badge.tsx';
import { useTexts } from '../../texts/index.ts';

/** What waits, what went well last, what did not and why, and whether the next engine had to take over. */
export function Health() {
  const { health } = useTexts().preparations;
  const tenant = useTenant();
  const query = useQuery(engineHealthQuery(tenant));
  return (
    <Section
      title={health.title}
      hint={health.hint}
      actions={
        <Anchor
          size="sm"
          renderRoot={(props) => (
            <Link {...props} to="/$tenant/deliveries" params={{ tenant }} search={{ plugin: 'ai-transcribe' }} />
          )}
        >
          {health.log}
        </Anchor>
      }
    >
      <Loaded query={query} skeleton={<Lines count={4} height={24} />}>
        {(known) => <Known known={known} />}
      </Loaded>
    </Section>
  );
}

const states = ['ready', 'silent', 'refused', 'failed', 'deleted'] as const;

function Known({ known }: { readonly known: EngineHealth }) {
  const { preparations, said } = useTexts();
  const { health, engines } = preparations;
  const { queue, lastDone, lastTrouble, lastPassedOver, passedOver } = known;
  const reasonOf = (reason: string) => said.reasons[reason]?.[0] ?? reason;
  const ended = states.filter((state) => (known.states[state] ?? 0) > 0);
  return (
    <Stack gap="md">
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md">
        <Fact tone={queue.waiting + queue.working === 0 ? 'ok' : 'waiting'} title={health.queue}>
          {health.queued(queue.waiting, queue.working)}{' '}
          {queue.since !== null && (
            <>
              {health.oldest} <Moment at={queue.since} />
            </>
          )}
        </Fact>
        <Fact tone={lastDone === null ? 'off' : 'ok'} title={health.lastDone}>
          <When told={lastDone}>{lastDone !== null && (engines[lastDone.engine] ?? lastDone.engine)}</When>
        </Fact>
        <Fact tone={lastTrouble === null ? 'ok' : 'warning'} title={health.lastTrouble}>
          <When told={lastTrouble}>{lastTrouble !== null && reasonOf(lastTrouble.reason)}</When>
        </Fact>
        <Fact tone={passedOver === 0 ? 'ok' : 'warning'} title={health.passedOver}>
          {lastPassedOver === null ? (
            health.none
          ) : (
            <When told={lastPassedOver} at={lastPassedOver.passedOverAt ?? lastPassedOver.at}>
              {health.instead(
                engines[lastPassedOver.passedOver] ?? lastPassedOver.passedOver,
                health.why[lastPassedOver.passedOverReason] ?? lastPassedOver.passedOverReason,
                passedOver,
              )}
            </When>
          )}
        </Fact>
      </SimpleGrid>
      {ended.length > 0 && (
        <Text size="sm">
          <b>{health.ended}:</b> {ended.map((state) => `${health.states[state]} ${known.states[state]}`).join(', ')}
        </Text>
      )}
    </Stack>
  );
}

interface FactProps {
  readonly tone: Tone;
  readonly title: string;
  readonly children: ReactNode;
}

function Fact({ tone, title, children }: FactProps) {
  return (
    <Group gap="xs" wrap="nowrap" align="flex-start">
      <ToneIcon tone={tone} />
      <div>
        <Text size="sm" fw={600}>
          {title}
        </Text>
        <Text size="sm" c="dimmed" component="div">
          {children}
        </Text>
      </div>
    </Group>
  );
}

interface WhenProps {
  readonly told: Told | null;
  readonly at?: string;
  readonly children: ReactNode;
}

/** What happened to a call and when; the call is one click away. */
function When({ told, at, children }: WhenProps) {
  const { health } = useTexts().preparations;
  const tenant = useTenant();
  if (told === null) return health.none;
  return (
    <>
      {children},{' '}
      <Anchor
        size="sm"
        underline="always"
        renderRoot={(props) => <Link {...props} to="/$tenant/calls/$id" params={{ tenant, id: told.callId }} />}
      >
        <Moment at={at ?? told.at} />
        <span className="visually-hidden">, {health.toCall}</span>
      </Anchor>
    </>
  );
}
