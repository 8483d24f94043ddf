import { Group, SegmentedControl, Select, Text } from '@mantine/core';
import { IconAlertTriangle, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { type Folder, type FolderSearch, foldersQuery } from '../../api/malfunctions.ts';
import { useMay, useTenant } from '../../api/session.ts';
import { ActionButton } from '../../kit/action-button.tsx';
import { Empty } from '../../kit/empty.tsx';
import { Loaded } from '../../kit/loaded.tsx';
import { Page } from '../../kit/page.tsx';
import { Section } from '../../kit/section.tsx';
import { useTexts } from '../../texts/index.ts';
import { FolderBoard } from './board.tsx';
import { FolderTable } from './folder-table.tsx';
import { NewFolderForm } from './new-folder.tsx';
import { useFolderNews } from './use-folder-news.ts';
import './folders.css';

/** All malfunctions, as a list or on a board; both are told what changes. */
export function MalfunctionsPage() {
  const tenant = useTenant();
  const may = useMay();
  const { malfunctions } = useTexts();
  const { view, ...filter } = useSearch({ from: '/$tenant/malfunctions' });
  const query = useQuery(foldersQuery(tenant, filter));
  const [isNew, setNew] = useState(false);
  useFolderNews();
  return (
    <Page
      title={malfunctions.title}
      intro={malfunctions.intro}
      actions={
        may('malfunctions.manage') && (
          <ActionButton icon={IconPlus} isBusy={false} isMain onAct={() => setNew(true)}>
            {malfunctions.create}
          </ActionButton>
        )
      }
    >
      <Filters folders={query.data?.folders ?? []} />
      <Section title={malfunctions.title} isTitleHidden>
        <Loaded query={query}>
          {({ folders, isCut }) => (
            <>
              {folders.length === 0 ? (
                <Empty icon={IconAlertTriangle} title={malfunctions.none} hint={malfunctions.noneHint} />
              ) : view === 'board' ? (
                <FolderBoard folders={folders} />
              ) : (
                <FolderTable folders={folders} />
              )}
              {isCut && (
                <Text size="sm" c="dimmed">
                  {malfunctions.cut(folders.length)}
                </Text>
              )}
            </>
          )}
        </Loaded>
      </Section>
      {isNew && <NewFolderForm onClose={() => setNew(false)} />}
    </Page>
  );
}

function Filters({ folders }: { readonly folders: readonly Folder[] }) {
  const { malfunctions } = useTexts();
  const search = useSearch({ from: '/$tenant/malfunctions' });
  const navigate = useNavigate({ from: '/$tenant/malfunctions' });
  const [customers, setCustomers] = useState<Readonly<Record<string, string>>>({});
  // Who is filtered for stays in the list of customers, although only theirs come then.
  const known = Object.fromEntries(
    folders.flatMap(({ company }) => (company === null ? [] : [[company.id, company.name]])),
  );
  if (Object.keys(known).some((id) => customers[id] === undefined)) setCustomers({ ...customers, ...known });
  const choose = (part: Partial<FolderSearch>) =>
    void navigate({
      search: Object.fromEntries(Object.entries({ ...search, ...part }).filter(([, value]) => value !== undefined)),
      replace: true,
    });
  const options = (names: Readonly<Record<string, string>>) =>
    Object.entries(names).map(([value, label]) => ({ value, label }));
  return (
    <Group gap="sm" align="flex-end">
      <SegmentedControl
        aria-label={malfunctions.view}
        value={search.view ?? 'list'}
        onChange={(view) => choose({ view: view === 'board' ? 'board' : undefined } as Partial<FolderSearch>)}
        data={[
          { value: 'list', label: malfunctions.list },
          { value: 'board', label: malfunctions.board },
        ]}
      />
      <SegmentedControl
        aria-label={malfunctions.which}
        value={search.state ?? 'open'}
        onChange={(state) => choose({ state })}
        data={[
          { value: 'open', label: malfunctions.open },
          { value: 'ended', label: malfunctions.ended },
          { value: 'all', label: malfunctions.all },
        ]}
      />
      <Select
        aria-label={malfunctions.kind}
        placeholder={malfunctions.anyKind}
        data={options(malfunctions.kinds)}
        value={search.kind ?? null}
        onChange={(kind) => choose({ kind: kind ?? undefined } as Partial<FolderSearch>)}
        clearable
        w={160}
      />
      <Select
        aria-label={malfunctions.period}
        placeholder={malfunctions.anyPeriod}
        data={options(malfunctions.periods)}
        value={search.period ?? null}
        onChange={(period) => choose({ period: period ?? undefined } as Partial<FolderSearch>)}
        clearable
        w={190}
      />
      <Select
        aria-label={malfunctions.customer}
        placeholder={malfunctions.anyCustomer}
        data={options(customers)}
        value={search.companyId ?? null}
        onChange={(companyId) => choose({ companyId: companyId ?? undefined } as Partial<FolderSearch>)}
        clearable
        searchable
        w={200}
      />
    </Group>
  );
}
