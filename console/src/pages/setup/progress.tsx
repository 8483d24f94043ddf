import { Button, Group, List, Loader, Progress as Bar, Stack, Text, Title } from '@mantine/core';
import { IconCircleCheck, IconListCheck, IconPlugConnectedX } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { isConnected, signInAddress } from '../../api/sign-in.ts';
import type { Connecting, Tenant } from '../../api/types.ts';
import { Checklist } from '../../kit/checklist.tsx';
import { ToneIcon } from '../../kit/state-badge.tsx';
import { VerdictNote } from '../../kit/verdict-note.tsx';
import { useSpeech, useTexts } from '../../texts/index.ts';

type Step = Connecting['steps'][number];

interface ProgressProps {
  readonly tenant: Tenant;
  readonly connecting: Connecting;
}

/** What the hub does to connect a workspace, step by step as it happens, what it found, and what to do where it does not go on. */
export function Progress({ tenant, connecting }: ProgressProps) {
  const { setup } = useTexts();
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => {
    frame.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  return (
    <Stack gap="md" ref={frame}>
      <Title order={2} fz={16}>
        {setup.progress}
      </Title>
      <List listStyleType="none" spacing="md" m={0} p={0} aria-live="polite">
        {connecting.steps.map((step) => (
          <List.Item key={step.step} className="check-line" aria-busy={step.state === 'under-way'}>
            <Line step={connecting.state === 'interrupted' ? cut(step) : step} />
          </List.Item>
        ))}
        <List.Item className="check-line">
          <Copy copy={connecting.copy} isReached={isConnected(connecting)} />
        </List.Item>
      </List>
      <Verdict tenant={tenant} connecting={connecting} />
    </Stack>
  );
}

/** Nobody is at it any more. */
const cut = (step: Step): Step => (step.state === 'under-way' ? { ...step, state: 'failed' } : step);

function Line({ step: { step, state, lines } }: { readonly step: Step }) {
  const { setup } = useTexts();
  return (
    <Stack gap="xs">
      <Head state={state} title={setup.steps[step]} />
      {lines.length > 0 && (
        <div className="step-lines">
          <Checklist lines={lines} />
        </div>
      )}
    </Stack>
  );
}

function Head({ state, title }: { readonly state: Step['state']; readonly title: string }) {
  const { setup, common } = useTexts();
  const said = state === 'waiting' || state === 'under-way' ? setup.stepStates[state] : common.check[state];
  return (
    <Group gap="sm" wrap="nowrap">
      {state === 'under-way' ? (
        <Loader size={20} aria-hidden />
      ) : (
        <ToneIcon tone={state === 'waiting' ? 'off' : state} />
      )}
      <Text fw={600} size="sm" {...(state === 'waiting' ? { c: 'dimmed' } : {})}>
        {title}
        <span className="visually-hidden"> ({said})</span>
      </Text>
    </Group>
  );
}

/** Copying begins when all the rest is done, and goes on whatever happens to this page. */
function Copy({ copy, isReached }: { readonly copy: Connecting['copy']; readonly isReached: boolean }) {
  const { texts, language } = useSpeech();
  const { setup, common } = texts;
  const numbers = new Intl.NumberFormat(language);
  const states = { waiting: 'under-way', 'under-way': 'under-way', whole: 'ok', stuck: 'failed' } as const;
  const percent = copy.total === 0 ? 0 : Math.floor((100 * copy.copied) / copy.total);
  return (
    <Stack gap="xs">
      <Head state={isReached ? states[copy.state] : 'waiting'} title={setup.steps.copy} />
      {isReached && copy.state !== 'stuck' && (
        <div className="step-lines">
          <Bar value={copy.state === 'whole' ? 100 : percent} aria-label={setup.steps.copy} mb={6} />
          <Text size="sm" c="dimmed">
            {copy.state === 'whole'
              ? setup.copied(numbers.format(copy.copied))
              : setup.copying(numbers.format(copy.copied), numbers.format(copy.total))}
          </Text>
        </div>
      )}
      {isReached && copy.problem !== undefined && (
        <div className="step-lines">
          <Text size="sm" className="break">
            {copy.problem.message}
          </Text>
          {copy.problem.remedy !== undefined && (
            <Text size="sm" className="break">
              <b>{common.problem.remedy}:</b> {copy.problem.remedy}
            </Text>
          )}
        </div>
      )}
    </Stack>
  );
}

function Verdict({ tenant, connecting }: ProgressProps) {
  const { setup } = useTexts();
  if (connecting.state === 'under-way') return undefined;
  if (connecting.state === 'interrupted') {
    return (
      <VerdictNote verdict="warning" icon={<IconPlugConnectedX aria-hidden />} title={setup.interrupted}>
        {setup.interruptedHint}
      </VerdictNote>
    );
  }
  if (!isConnected(connecting)) {
    return (
      <VerdictNote verdict="warning" icon={<IconListCheck aria-hidden />} title={setup.notYet}>
        {setup.notYetHint}
      </VerdictNote>
    );
  }
  return (
    <>
      <VerdictNote verdict="ok" icon={<IconCircleCheck aria-hidden />} title={setup.allWell}>
        {setup.allWellHint}
      </VerdictNote>
      <Group>
        <Button component="a" href={signInAddress(tenant.slug)}>
          {setup.continue}
        </Button>
      </Group>
    </>
  );
}
