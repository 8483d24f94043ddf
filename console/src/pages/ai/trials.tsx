import { Button, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { IconCircleCheck, IconCircleX, IconEar, IconListCheck } from '@tabler/icons-react';
import { type EngineState, engineHealthQuery, type Trial, tryEngine } from '../../api/preparations.ts';
import { useTenant } from '../../api/session.ts';
import { Lines, Loaded } from '../../kit/loaded.tsx';
import { ProblemNote } from '../../kit/problem-note.tsx';
import { Section } from '../../kit/section.tsx';
import { VerdictNote } from '../../kit/verdict-note.tsx';
import { useSpeech, useTexts } from '../../texts/index.ts';

/** Every engine hears a sample on request: what it heard, how long it took, or what is wrong and what to do. */
export function Trials() {
  const { trial } = useTexts().preparations;
  const query = useQuery(engineHealthQuery(useTenant()));
  return (
    <Section title={trial.title} hint={trial.hint}>
      <Loaded query={query} skeleton={<Lines count={2} />}>
        {({ engines }) => (
          <Stack gap="md">
            {engines.map((engine) => (
              <OneEngine key={engine.name} engine={engine} />
            ))}
          </Stack>
        )}
      </Loaded>
    </Section>
  );
}

function OneEngine({ engine: { name, model, lacks } }: { readonly engine: EngineState }) {
  const { preparations } = useTexts();
  const { trial, engines } = preparations;
  const tenant = useTenant();
  const attempt = useMutation({ mutationFn: async () => await tryEngine(tenant, name) });
  const label = engines[name] ?? name;
  return (
    <Stack gap="xs" aria-live="polite" aria-busy={attempt.isPending}>
      <Group justify="space-between" gap="xs">
        <div className="engine-name">
          <Text size="sm" fw={600}>
            {label}
          </Text>
          <Text size="sm" c="dimmed" className="break">
            {name === '3cx' ? trial.ofCalls : lacks === null ? model : trial.lacks[lacks]}
          </Text>
        </div>
        {model !== null && (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconEar size={15} aria-hidden />}
            loading={attempt.isPending}
            onClick={() => attempt.mutate()}
          >
            {trial.act}
            <span className="visually-hidden"> {label}</span>
          </Button>
        )}
      </Group>
      {attempt.isError && <ProblemNote error={attempt.error} />}
      {attempt.data !== undefined && !attempt.isPending && <Outcome result={attempt.data} />}
    </Stack>
  );
}

/** So much of the sample an engine that works gets right. */
const WELL = 0.7;

function Outcome({ result }: { readonly result: Trial }) {
  const { texts, language } = useSpeech();
  const { trial } = texts.preparations;
  if (result.outcome === 'failed') {
    const [title, remedy] = trial.failures[result.reason] ?? trial.otherFailure;
    return (
      <VerdictNote verdict="failed" icon={<IconCircleX aria-hidden />} title={title}>
        <Text size="sm">
          <b>{texts.common.problem.remedy}:</b> {remedy}
        </Text>
        <Text size="sm" c="dimmed" className="break">
          {trial.ownWords} {result.detail}
        </Text>
      </VerdictNote>
    );
  }
  const { heard, right, words, tookMs, text } = result;
  const isWell = right / words >= WELL;
  const seconds = new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(tookMs / 1000);
  return (
    <VerdictNote
      verdict={isWell ? 'ok' : 'warning'}
      icon={isWell ? <IconCircleCheck aria-hidden /> : <IconListCheck aria-hidden />}
      title={isWell ? trial.well(right, words, seconds) : trial.badly(right, words, seconds)}
    >
      <Text size="sm">
        <b>{trial.heard}:</b> {heard === '' ? trial.nothing : heard}
      </Text>
      <Text size="sm">
        <b>{trial.said}:</b> {text}
      </Text>
      {!isWell && (
        <Text size="sm">
          <b>{texts.common.problem.remedy}:</b> {trial.badlyRemedy}
        </Text>
      )}
    </VerdictNote>
  );
}
