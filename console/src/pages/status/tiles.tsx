import { Anchor, Group, Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTenant } from '../../api/session.ts';
import type { CrmStatus, WorkStatus } from '../../api/types.ts';
import { duration } from '../../kit/moment.tsx';
import { ToneIcon } from '../../kit/state-badge.tsx';
import { useSpeech } from '../../texts/index.ts';
import {
  isFresh,
  judgeCrm,
  judgeJobs,
  judgeMirror,
  judgePlugins,
  judgeWrites,
  type Verdict,
  worst,
} from './verdict.ts';

interface Given {
  readonly crm: CrmStatus;
  readonly work: WorkStatus;
}

export function Tiles({ crm, work }: Given) {
  return (
    <SimpleGrid cols={{ base: 1, xs: 2, lg: 4 }} spacing="md">
      <CrmTile crm={crm} />
      <MirrorTile crm={crm} />
      <WorkTile work={work} />
      <PluginTile work={work} />
    </SimpleGrid>
  );
}

function CrmTile({ crm }: Pick<Given, 'crm'>) {
  const { texts, language } = useSpeech();
  const { operations } = texts;
  const { session, outbox } = crm;
  const age = outbox.oldest === undefined ? 0 : (Date.now() - Date.parse(outbox.oldest)) / 1000;
  const isOpen = session !== undefined && session.breaker.openUntil > Date.now();
  return (
    <Tile
      title={operations.crm}
      tone={worst([judgeCrm(crm), judgeWrites(crm)])}
      value={operations.crmStates[session?.state ?? 'none']}
    >
      {session === undefined && <Line>{operations.crmNone}</Line>}
      {session?.state === 'ended' && <Line>{operations.crmEnded}</Line>}
      {session?.problem !== undefined && (
        <Line>
          {session.problem.message}. {session.problem.remedy}
        </Line>
      )}
      {isOpen && <Line>{operations.breaker}</Line>}
      <Line>{outbox.pending === 0 ? operations.outboxNone : operations.outboxSome(outbox.pending)}</Line>
      {outbox.pending > 0 && age > 5 && <Line>{operations.outboxOld(duration(age, language))}</Line>}
      {outbox.parked > 0 && <StuckLink label={operations.parked(outbox.parked)} />}
      {session?.notices.map((notice) => (
        <Line key={notice}>{notice}</Line>
      ))}
    </Tile>
  );
}

function MirrorTile({ crm }: Pick<Given, 'crm'>) {
  const { operations } = useSpeech().texts;
  const { mirror, session } = crm;
  const fresh = mirror.filter(isFresh).length;
  const { backfill } = session ?? {};
  const percent =
    backfill === undefined || backfill.total === 0 ? undefined : Math.floor((100 * backfill.copied) / backfill.total);
  return (
    <Tile
      title={operations.mirror}
      tone={judgeMirror(crm)}
      value={
        percent === undefined
          ? fresh === mirror.length
            ? operations.mirrorFresh
            : operations.mirrorBehind
          : operations.mirrorCopying(percent)
      }
    >
      <Line>{mirror.length === 0 ? operations.mirrorNone : operations.mirrorSummary(fresh, mirror.length)}</Line>
      {backfill?.secondsLeft !== undefined && <Line>{operations.copyLeft(Math.ceil(backfill.secondsLeft / 60))}</Line>}
    </Tile>
  );
}

function WorkTile({ work }: Pick<Given, 'work'>) {
  const { texts, language } = useSpeech();
  const { operations } = texts;
  const { waiting, running, dead, oldestDueSeconds } = work;
  return (
    <Tile
      title={operations.work}
      tone={judgeJobs(work)}
      value={waiting === 0 ? operations.workNone : operations.workSome(waiting)}
    >
      {running > 0 && <Line>{operations.workRunning(running)}</Line>}
      {oldestDueSeconds >= 1 && <Line>{operations.workOldest(duration(oldestDueSeconds, language))}</Line>}
      {dead > 0 ? <StuckLink label={operations.dead(dead)} /> : <Line>{operations.dead(0)}</Line>}
    </Tile>
  );
}

function PluginTile({ work }: Pick<Given, 'work'>) {
  const { operations, plugins: words } = useSpeech().texts;
  const { plugins } = work;
  const enabled = plugins.filter(({ state }) => state === 'enabled').length;
  return (
    <Tile title={operations.links} tone={judgePlugins(work)} value={operations.pluginsOf(enabled, plugins.length)}>
      {plugins.length === 0 && <Line>{operations.linksNone}</Line>}
      {plugins.map(({ id, name, state, link }) => (
        <Group key={id} gap={6} wrap="nowrap">
          <ToneIcon size={15} tone={state === 'paused' ? 'paused' : link === 'closed' ? 'warning' : 'ok'} />
          <Text size="sm">
            {name}: {state === 'paused' ? words.states.paused : operations.linkStates[link]}
          </Text>
        </Group>
      ))}
    </Tile>
  );
}

interface TileProps {
  readonly title: string;
  readonly tone: Verdict;
  readonly value: string;
  readonly children: ReactNode;
}

function Tile({ title, tone, value, children }: TileProps) {
  const { common } = useSpeech().texts;
  return (
    <Paper withBorder radius="md" p="md" component="section">
      <Stack gap={6}>
        <Group justify="space-between" wrap="nowrap">
          <Title order={2} fz={13} fw={600} c="dimmed">
            {title}
          </Title>
          <ToneIcon tone={tone} />
          <span className="visually-hidden">{common.check[tone]}</span>
        </Group>
        <Text fw={650} fz={18} lh={1.3}>
          {value}
        </Text>
        {children}
      </Stack>
    </Paper>
  );
}

function Line({ children }: { readonly children: ReactNode }) {
  return (
    <Text size="sm" c="dimmed">
      {children}
    </Text>
  );
}

function StuckLink({ label }: { readonly label: string }) {
  const tenant = useTenant();
  return (
    <Anchor size="sm" renderRoot={(props) => <Link {...props} to="/$tenant/stuck" params={{ tenant }} />}>
      {label}
    </Anchor>
  );
}
