import { NumberInput, Progress, SegmentedControl, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconHandStop } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { type EngineUsage, engineUsageQuery, type Usage } from '../../api/preparations.ts';
import { useTenant } from '../../api/session.ts';
import { DataTable } from '../../kit/data-table.tsx';
import { Lines, Loaded } from '../../kit/loaded.tsx';
import { Section } from '../../kit/section.tsx';
import { VerdictNote } from '../../kit/verdict-note.tsx';
import { useSpeech, useTexts } from '../../texts/index.ts';
import { SaveBar } from './save-bar.tsx';
import { numberOf, type Settings, useSave } from './settings.ts';

const USUAL_BUDGET = 50;
const WHOLE = 100;

/** What engines may cost in a month, what they have cost, and by day and month what they did. */
export function Budget({ settings, isOn }: { readonly settings: Settings; readonly isOn: boolean }) {
  const { budget } = useTexts().preparations;
  return (
    <Section title={budget.title} hint={budget.hint}>
      <MonthlyBudget stored={numberOf(settings['monthlyBudget'], USUAL_BUDGET)} />
      {isOn && <Spending />}
    </Section>
  );
}

function MonthlyBudget({ stored }: { readonly stored: number }) {
  const { budget } = useTexts().preparations;
  const [edited, setEdited] = useState<number | string>();
  const save = useSave(() => setEdited(undefined));
  const now = edited ?? stored;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate({ monthlyBudget: now === '' ? null : Number(now) });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <NumberInput
          label={budget.monthly}
          description={budget.monthlyHint}
          value={now}
          onChange={(value) => {
            save.reset();
            setEdited(value === stored ? undefined : value);
          }}
          min={0}
          max={1_000_000}
          hideControls
          classNames={{ wrapper: 'figure' }}
        />
        <SaveBar isChanged={edited !== undefined} isBusy={save.isPending} error={save.error} />
      </Stack>
    </form>
  );
}

function Spending() {
  const query = useQuery(engineUsageQuery(useTenant()));
  return (
    <Loaded query={query} skeleton={<Lines count={4} />}>
      {(usage) => <Figures usage={usage} />}
    </Loaded>
  );
}

function Figures({ usage: { budget, spent, days, months } }: { readonly usage: Usage }) {
  const { texts, language } = useSpeech();
  const { budget: words } = texts.preparations;
  const [by, setBy] = useState<'days' | 'months'>('days');
  const amount = new Intl.NumberFormat(language, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const share = budget === 0 ? WHOLE : Math.min(WHOLE, (spent / budget) * WHOLE);
  const isStopped = share >= WHOLE;
  return (
    <Stack gap="sm">
      <div>
        <Text size="sm">{words.spent(amount.format(spent), amount.format(budget))}</Text>
        <Progress value={share} aria-label={words.used} color={isStopped ? 'red' : 'brand'} mt={4} />
      </div>
      {isStopped && (
        <VerdictNote verdict="warning" icon={<IconHandStop aria-hidden />} title={words.stopped}>
          <Text size="sm">{words.stoppedHint}</Text>
        </VerdictNote>
      )}
      {months.length === 0 ? (
        <Text size="sm" c="dimmed">
          {words.nothing}
        </Text>
      ) : (
        <>
          <SegmentedControl
            aria-label={words.by}
            size="xs"
            value={by}
            onChange={(value) => setBy(value === 'months' ? 'months' : 'days')}
            data={[
              { value: 'days', label: words.byDay },
              { value: 'months', label: words.byMonth },
            ]}
            className="by-time"
          />
          <Log rows={by === 'days' ? days : months} by={by} amount={amount} />
        </>
      )}
    </Stack>
  );
}

interface LogProps {
  readonly rows: readonly EngineUsage[];
  readonly by: 'days' | 'months';
  readonly amount: Intl.NumberFormat;
}

function Log({ rows, by, amount }: LogProps) {
  const { texts, language } = useSpeech();
  const { budget: words, engines } = texts.preparations;
  const minutes = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
  // Days and months of the hub are those of UTC.
  const time = new Intl.DateTimeFormat(language, {
    timeZone: 'UTC',
    ...(by === 'days' ? { dateStyle: 'medium' } : { month: 'long', year: 'numeric' }),
  });
  return (
    <DataTable
      caption={words.title}
      rows={rows}
      idOf={({ on, engine }) => `${on}/${engine}`}
      columns={[
        { id: 'on', title: by === 'days' ? words.day : words.month, cell: ({ on }) => time.format(new Date(on)) },
        { id: 'engine', title: words.engine, isWide: true, cell: ({ engine }) => engines[engine] ?? engine },
        { id: 'minutes', title: words.minutes, cell: ({ seconds }) => minutes.format(seconds / 60) },
        { id: 'requests', title: words.requests, cell: ({ requests }) => requests },
        { id: 'cost', title: words.cost, cell: ({ cost }) => amount.format(cost) },
      ]}
    />
  );
}
