import { Group, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconHistory, IconLink } from '@tabler/icons-react';
import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { type AuditFilter, auditPage, verifyAudit } from '../../api/audit.ts';
import { useTenant } from '../../api/session.ts';
import type { AuditEntry } from '../../api/types.ts';
import { ActionButton } from '../../kit/action-button.tsx';
import { DataTable } from '../../kit/data-table.tsx';
import { Empty } from '../../kit/empty.tsx';
import { ExportButton } from '../../kit/export-button.tsx';
import { Loaded } from '../../kit/loaded.tsx';
import { Moment } from '../../kit/moment.tsx';
import { MoreButton } from '../../kit/more-button.tsx';
import { Page } from '../../kit/page.tsx';
import { ProblemNote } from '../../kit/problem-note.tsx';
import { Section } from '../../kit/section.tsx';
import { VerdictNote } from '../../kit/verdict-note.tsx';
import { useTexts } from '../../texts/index.ts';

const PAGE_SIZE = 50;
const nothing = { actor: '', action: '', from: '', to: '' };

/** Who did what when. */
export function AuditPage() {
  const { audit } = useTexts();
  const tenant = useTenant();
  const [entered, setEntered] = useState(nothing);
  const [settled] = useDebouncedValue(entered, 300);
  const filter = toFilter(settled);
  const isFiltered = Object.keys(filter).length > 0;
  const query = useInfiniteQuery({
    queryKey: ['audit', tenant, filter],
    queryFn: async ({ pageParam, signal }) =>
      await auditPage(tenant, filter, { before: pageParam, limit: PAGE_SIZE }, signal),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (page: readonly AuditEntry[]) => (page.length < PAGE_SIZE ? undefined : page.at(-1)?.sequence),
  });
  return (
    <Page
      title={audit.title}
      intro={audit.intro}
      actions={<ExportButton path="/tenants/{tenant}/audit/file" filter={{ ...filter }} />}
    >
      <Verification tenant={tenant} />
      <Section title={audit.title} isTitleHidden>
        <Filters entered={entered} onEnter={(change) => setEntered((before) => ({ ...before, ...change }))} />
        <Loaded query={query}>
          {({ pages }) => {
            const rows = pages.flat();
            if (rows.length === 0) {
              return (
                <Empty
                  icon={IconHistory}
                  title={isFiltered ? audit.noMatch : audit.none}
                  hint={isFiltered ? audit.noMatchHint : audit.noneHint}
                />
              );
            }
            return (
              <>
                <Entries rows={rows} />
                <MoreButton query={query} />
              </>
            );
          }}
        </Loaded>
      </Section>
    </Page>
  );
}

/** Days are the person's own: from its first moment to the last of the other. */
function toFilter({ actor, action, from, to }: typeof nothing): AuditFilter {
  const given = {
    actor: actor.trim(),
    action: action.trim(),
    from: from === '' ? '' : new Date(`${from}T00:00`).toISOString(),
    to: to === '' ? '' : nextDay(to).toISOString(),
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ''));
}

function nextDay(day: string): Date {
  const date = new Date(`${day}T00:00`);
  date.setDate(date.getDate() + 1);
  return date;
}

interface FiltersProps {
  readonly entered: typeof nothing;
  readonly onEnter: (change: Partial<typeof nothing>) => void;
}

function Filters({ entered, onEnter }: FiltersProps) {
  const { audit } = useTexts();
  const field = (name: keyof typeof nothing) => ({
    label: audit[name],
    value: entered[name],
    onChange: ({ currentTarget: { value } }: { currentTarget: { value: string } }) => onEnter({ [name]: value }),
  });
  return (
    <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }} spacing="sm" role="search">
      <TextInput {...field('actor')} placeholder={audit.actorHint} />
      <TextInput {...field('action')} placeholder={audit.actionHint} />
      <TextInput {...field('from')} type="date" />
      <TextInput {...field('to')} type="date" />
    </SimpleGrid>
  );
}

function Entries({ rows }: { readonly rows: readonly AuditEntry[] }) {
  const { columns } = useTexts().audit;
  const { audit } = useTexts();
  return (
    <DataTable
      caption={audit.title}
      rows={rows}
      idOf={({ sequence }) => String(sequence)}
      columns={[
        { id: 'at', title: columns.at, cell: ({ at }) => <Moment at={at} /> },
        { id: 'actor', title: columns.actor, cell: ({ actor }) => <span className="break">{actor}</span> },
        { id: 'action', title: columns.action, cell: ({ action }) => action },
        { id: 'subject', title: columns.subject, cell: ({ subject }) => <span className="break">{subject}</span> },
      ]}
      details={({ details, hash, sequence }) => (
        <pre className="code break details">{JSON.stringify({ entry: sequence, ...details, hash }, null, 2)}</pre>
      )}
    />
  );
}

function Verification({ tenant }: { readonly tenant: string }) {
  const { audit } = useTexts();
  const verify = useMutation({ mutationFn: () => verifyAudit(tenant) });
  const { data } = verify;
  return (
    <Stack gap="sm" aria-live="polite">
      {verify.isError && <ProblemNote error={verify.error} />}
      {data !== undefined && (
        <VerdictNote
          verdict={data.intact ? 'ok' : 'failed'}
          icon={<IconLink aria-hidden />}
          title={data.intact ? audit.intact(data.entries ?? 0) : audit.broken(data.brokenAt ?? 0, data.reason ?? '')}
        />
      )}
      <Group>
        <ActionButton icon={IconLink} isBusy={verify.isPending} onAct={() => verify.mutate()}>
          {audit.verify}
        </ActionButton>
      </Group>
    </Stack>
  );
}
