import { Text } from '@mantine/core';
import { IconAlertTriangle, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { askedOf, type FolderFilter, foldersQuery } from '../../api/malfunctions.ts';
import { useMay, useTenant } from '../../api/session.ts';
import { ActionButton } from '../../kit/action-button.tsx';
import { Empty } from '../../kit/empty.tsx';
import { ExportButton } from '../../kit/export-button.tsx';
import { Loaded } from '../../kit/loaded.tsx';
import { Page } from '../../kit/page.tsx';
import { Section } from '../../kit/section.tsx';
import { useTexts } from '../../texts/index.ts';
import { FolderBoard } from './board.tsx';
import { Filters } from './filters.tsx';
import { FolderTable } from './folder-table.tsx';
import { MalfunctionMap } from './map/view.tsx';
import { NewFolderForm } from './new-folder.tsx';
import { useFolderNews } from './use-folder-news.ts';
import './folders.css';

/** All malfunctions, as a list, on a board or on a map; all are told what changes. */
export function MalfunctionsPage() {
  const may = useMay();
  const { malfunctions } = useTexts();
  const { view, ...filter } = useSearch({ from: '/$tenant/malfunctions' });
  const [isNew, setNew] = useState(false);
  useFolderNews();
  return (
    <Page
      title={malfunctions.title}
      intro={malfunctions.intro}
      actions={
        <>
          <ExportButton
            path="/tenants/{tenant}/plugins/service-desk/member/malfunctions/export"
            filter={askedOf(filter)}
          />
          {may('malfunctions.manage') && (
            <ActionButton icon={IconPlus} isBusy={false} isMain onAct={() => setNew(true)}>
              {malfunctions.create}
            </ActionButton>
          )}
        </>
      }
    >
      <Filters />
      <Section title={malfunctions.title} isTitleHidden>
        {view === 'map' ? <MalfunctionMap filter={filter} /> : <Folders filter={filter} isBoard={view === 'board'} />}
      </Section>
      {isNew && <NewFolderForm onClose={() => setNew(false)} />}
    </Page>
  );
}

function Folders({ filter, isBoard }: { readonly filter: FolderFilter; readonly isBoard: boolean }) {
  const { malfunctions } = useTexts();
  const query = useQuery(foldersQuery(useTenant(), filter));
  return (
    <Loaded query={query}>
      {({ folders, isCut }) => (
        <>
          {folders.length === 0 ? (
            <Empty icon={IconAlertTriangle} title={malfunctions.none} hint={malfunctions.noneHint} />
          ) : isBoard ? (
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
  );
}
