import { Group, Progress, Stack, Text } from '@mantine/core';
import type { CallLimit, CrmSession } from '../../api/types.ts';
import { MinutesChart } from '../../kit/charts/minutes-chart.tsx';
import { Section } from '../../kit/section.tsx';
import { useTexts } from '../../texts/index.ts';

const MINUTE_MS = 60_000;

/** How much of what Twenty allows was used, for each credential that was used at all. */
export function Budget({ session }: { readonly session: CrmSession }) {
  const { operations } = useTexts();
  const busy = Object.entries(session.limits).filter(([, { perMinute }]) => perMinute.some((count) => count > 0));
  return (
    <Section title={operations.budget} hint={operations.budgetUnit}>
      {busy.length === 0 ? (
        <Text size="sm" c="dimmed">
          {operations.budgetNone}
        </Text>
      ) : (
        <Stack gap="lg">
          {busy.map(([kind, limit]) => (
            <Used key={kind} name={operations.credentials[kind] ?? kind} limit={limit} />
          ))}
        </Stack>
      )}
    </Section>
  );
}

function Used({ name, limit: { limit, source, perMinute } }: { readonly name: string; readonly limit: CallLimit }) {
  const { operations } = useTexts();
  const allowed = limit === 'unlimited' ? undefined : Math.round((limit.calls * MINUTE_MS) / limit.perMs);
  // The present minute has only begun: the one before says more.
  const used = Math.max(perMinute.at(-1) ?? 0, perMinute.at(-2) ?? 0);
  const words = allowed === undefined ? operations.budgetFree(used) : operations.budgetHint(used, allowed);
  return (
    <Stack gap={4}>
      <Group justify="space-between">
        <Text size="sm" fw={600}>
          {name}
        </Text>
        <Text size="sm" c="dimmed">
          {words}
        </Text>
      </Group>
      {allowed !== undefined && (
        <Progress
          value={Math.min(100, (100 * used) / allowed)}
          size="sm"
          color={used > 0.9 * allowed ? 'orange' : 'brand'}
          aria-label={words}
        />
      )}
      <MinutesChart label={`${name}: ${words}`} counts={perMinute} limit={allowed} />
      {allowed !== undefined && (
        <Text size="xs" c="dimmed">
          {operations.budgetSource[source]}
        </Text>
      )}
    </Stack>
  );
}
