import { Anchor, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type Folder, foldersQuery } from '../../api/malfunctions.ts';
import { useTenant } from '../../api/session.ts';
import { Loaded } from '../../kit/loaded.tsx';
import { Moment } from '../../kit/moment.tsx';
import { Section } from '../../kit/section.tsx';
import { useTexts } from '../../texts/index.ts';
import { Nothing } from '../day/nothing.tsx';
import { FolderName } from '../malfunctions/folder-table.tsx';
import { FolderStatus } from '../malfunctions/status-badge.tsx';
import { useFolderNews } from '../malfunctions/use-folder-news.ts';
import { HeatStrip } from './heat-strip.tsx';
import { countWeeks } from './weeks.ts';
import './heat.css';

const SHOWN = 8;

/** The malfunctions of a place in the last twelve months: when they were, and what became of them. */
export function MalfunctionsHere({ locationId }: { readonly locationId: string }) {
  const { malfunctions } = useTexts();
  const tenant = useTenant();
  const query = useQuery(foldersQuery(tenant, { locationId, state: 'all', period: '365' }));
  useFolderNews();
  return (
    <Section title={malfunctions.here} hint={malfunctions.hereHint}>
      <Loaded query={query}>
        {({ folders }) =>
          folders.length === 0 ? (
            <Nothing>{malfunctions.hereNone}</Nothing>
          ) : (
            <>
              <HeatStrip weeks={countWeeks(folders.flatMap(openedOf), new Date())} />
              <div className="entry-list">
                {folders.slice(0, SHOWN).map((folder) => (
                  <FolderLine key={folder.id} folder={folder} />
                ))}
              </div>
              <Text size="sm">
                <Link to="/$tenant/malfunctions" params={{ tenant }} search={{ locationId, state: 'all' }}>
                  <Anchor component="span">{malfunctions.hereAll}</Anchor>
                </Link>
              </Text>
            </>
          )
        }
      </Loaded>
    </Section>
  );
}

function FolderLine({ folder }: { readonly folder: Folder }) {
  return (
    <div className="entry-line">
      <FolderName folder={folder} />
      <Group gap="xs" wrap="nowrap">
        {folder.openedAt !== null && (
          <Text size="xs" c="dimmed" ta="right">
            <Moment at={folder.openedAt} />
          </Text>
        )}
        <FolderStatus status={folder.status} />
      </Group>
    </div>
  );
}

const openedOf = ({ openedAt }: Folder): Date[] => (openedAt === null ? [] : [new Date(openedAt)]);
