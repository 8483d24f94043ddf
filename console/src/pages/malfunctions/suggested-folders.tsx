import { Button, Group, Kbd, Text } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { suggestionsQuery, type SuggestedFolder } from '../../api/cases.ts';
import { decideSuggestion, type MemberName, moveMembers } from '../../api/malfunctions.ts';
import { useMay, useTenant } from '../../api/session.ts';
import { useSingleKeys } from '../../desk/keys.ts';
import { useDeed } from '../../kit/use-deed.ts';
import { useTexts } from '../../texts/index.ts';
import { RecordLink } from '../records/record-link.tsx';
import { Why } from './why.tsx';

const NewFolderForm = lazy(async () => ({ default: (await import('./new-folder.tsx')).NewFolderForm }));

interface SuggestedFoldersProps {
  /** The call or the case. */
  readonly member: MemberName;
  /** What is known of a call that has no record yet. */
  readonly locationId?: string | undefined;
  /** Whether single keys decide: of several on a page, one listens. */
  readonly hasKeys?: boolean;
  readonly mayChange: boolean;
}

/** Open malfunctions that a call or a case may belong to, with reasons: followed or turned down with a click or a key. */
export function SuggestedFolders({ member, locationId, hasKeys = false, mayChange }: SuggestedFoldersProps) {
  const { caseWork } = useTexts();
  const tenant = useTenant();
  const may = useMay();
  const [isOpening, setOpening] = useState(false);
  const about = locationId === undefined ? member : { locationId };
  const { data } = useQuery({ ...suggestionsQuery(tenant, about), retry: 1 });
  const folders = data?.folders ?? [];
  const decide = useDecision(member);
  const [isOn] = useSingleKeys();
  const [best] = folders;
  const byKey = (isAccepted: boolean) => () => {
    if (hasKeys && isOn && mayChange && best !== undefined && !decide.isPending)
      decide.mutate({ folder: best, isAccepted });
  };
  useHotkeys([
    ['m', byKey(true)],
    ['shift+m', byKey(false)],
  ]);
  if (folders.length === 0 && (!mayChange || !may('malfunctions.manage'))) return undefined;
  return (
    <div>
      <Text size="sm" fw={600} mb={4}>
        {caseWork.folders.title}
      </Text>
      {folders.length === 0 && (
        <Text size="sm" c="dimmed" mb={4}>
          {caseWork.folders.none}
        </Text>
      )}
      <ol className="choices">
        {folders.map((folder, index) => (
          <Line
            key={folder.id}
            folder={folder}
            isBusy={decide.isPending}
            showsKeys={hasKeys && index === 0}
            mayChange={mayChange}
            onDecide={(isAccepted) => decide.mutate({ folder, isAccepted })}
          />
        ))}
      </ol>
      {mayChange && may('malfunctions.manage') && (
        <Button size="compact-sm" variant="subtle" onClick={() => setOpening(true)}>
          {caseWork.folders.open}
        </Button>
      )}
      {isOpening && (
        <Suspense fallback={undefined}>
          <NewFolderForm members={[member]} onClose={() => setOpening(false)} />
        </Suspense>
      )}
    </div>
  );
}

function useDecision(member: MemberName) {
  const { caseWork } = useTexts();
  const tenant = useTenant();
  return useDeed({
    act: async ({ folder, isAccepted }: { readonly folder: SuggestedFolder; readonly isAccepted: boolean }) => {
      const { id: folderId, score } = folder;
      const { object, id } = member;
      // Learnt first: once in the folder it would be compared with itself.
      await decideSuggestion(tenant, { folderId, object, recordId: id, isAccepted });
      if (isAccepted) await moveMembers(tenant, 'put', { folderId, members: [{ object, id }], score });
      return isAccepted ? folder.number : '';
    },
    touches: ['suggestions', 'case', 'malfunction', 'malfunctions', 'malfunction-candidates'],
    done: (number) => (number === '' ? caseWork.folders.reject : caseWork.folders.put(number)),
  });
}

interface LineProps {
  readonly folder: SuggestedFolder;
  readonly isBusy: boolean;
  readonly showsKeys: boolean;
  readonly mayChange: boolean;
  readonly onDecide: (isAccepted: boolean) => void;
}

function Line({ folder, isBusy, showsKeys, mayChange, onDecide }: LineProps) {
  const { caseWork } = useTexts();
  const name = [folder.number, folder.title].filter((part) => part !== '').join(' ');
  const key = (text: string) =>
    showsKeys
      ? {
          rightSection: (
            <Kbd size="xs" aria-hidden>
              {text}
            </Kbd>
          ),
        }
      : {};
  return (
    <li>
      <RecordLink object="malfunction" id={folder.id}>
        {name}
      </RecordLink>
      <Why score={folder.score} reasons={folder.reasons} />
      {mayChange && (
        <Group gap={6} mt={6}>
          <Button size="compact-sm" disabled={isBusy} onClick={() => onDecide(true)} {...key('M')}>
            {caseWork.folders.accept}
            <span className="visually-hidden">: {name}</span>
          </Button>
          <Button size="compact-sm" variant="default" disabled={isBusy} onClick={() => onDecide(false)} {...key('⇧ M')}>
            {caseWork.folders.reject}
            <span className="visually-hidden">: {name}</span>
          </Button>
        </Group>
      )}
    </li>
  );
}
