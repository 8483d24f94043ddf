import { type ReactNode, useState } from 'react';
import { v4 as newId } from 'uuid';

import { Asked } from '../panel/asked.tsx';
import { Section } from '../panel/parts.tsx';
import { useSetting } from '../panel/setting.ts';
import type { Chosen, Folder, MemberObject, Why } from './answer.ts';
import { ChosenRecords } from './chosen.tsx';
import { ChosenList } from './chosen-list.tsx';
import { askDesk, followSuggestion, putInto, useDoor } from './doors.ts';
import { FolderLine, folderName, WhyLine } from './lines.tsx';
import { Button, Lines, Refusal } from './parts.tsx';
import { useWords } from './texts/index.ts';
import { useDeed } from './use-deed.ts';

/** The command that puts selected calls or cases into a malfunction. */
export const PutCommand = ({ object }: { readonly object: MemberObject }) => (
  <ChosenRecords object={object} command="put" icon="IconFolderPlus">
    {(chosen, refresh) => <Put chosen={chosen} refresh={refresh} />}
  </ChosenRecords>
);

type PutProps = { readonly chosen: Chosen; readonly refresh: () => void };

type Target = Folder & Partial<Why>;

function Put({ chosen: { members, suggestions }, refresh }: PutProps) {
  const words = useWords();
  const put = useDeed(async (folder: Target) => {
    const { score, reasons } = folder;
    if (score === undefined || reasons === undefined) return await putInto(folder.id, members);
    return await followSuggestion(folder.id, members, { score, reasons });
  }, refresh);
  const begin = useDeed(async (title: string) => await openWith(title, members), refresh);
  const button = (folder: Target) => (
    <Button label={words.putIn} to={folderName(folder)} isBusy={put.isBusy} onClick={() => put.run(folder)} />
  );
  return (
    <>
      <Refusal state={put.state} />
      <ChosenList members={members} results={put.state.kind === 'done' ? put.state.answer.results : undefined} />
      {suggestions.length > 0 && (
        <Section title={words.suggestedFolders}>
          <Lines of={suggestions} none="">
            {(folder) => (
              <>
                <FolderLine of={folder}>{button(folder)}</FolderLine>
                <WhyLine of={folder} />
              </>
            )}
          </Lines>
        </Section>
      )}
      <OpenFolders>{button}</OpenFolders>
      <Refusal state={begin.state} />
      {begin.state.kind !== 'done' && <NewFolder isBusy={begin.isBusy} onOpen={begin.run} />}
    </>
  );
}

async function openWith(title: string, members: Chosen['members']) {
  const named = members.map(({ object, id }) => ({ object, id }));
  const [first] = members;
  const location = first?.location;
  // Where all are at one place, so is the fault.
  const isOne = location !== undefined && members.every((one) => one.location?.id === location?.id);
  const fields = { title, ...(isOne && location !== null ? { locationId: location.id } : {}) };
  return await askDesk<object>('/malfunctions', { requestId: newId(), members: named, fields });
}

const MOST_SHOWN = 20;

/** @param children the button that puts into it */
function OpenFolders({ children }: { readonly children: (folder: Folder) => ReactNode }) {
  const { look } = useSetting();
  const words = useWords();
  const [text, setText] = useState('');
  const { state, refresh } = useDoor<{ readonly folders: readonly Folder[] }>('/malfunctions?state=open');
  return (
    <Section title={words.openFolders}>
      <Asked state={state} refresh={refresh}>
        {({ folders }) => (
          <>
            {folders.length > MOST_SHOWN / 2 && (
              <input
                style={look.input}
                aria-label={words.find}
                placeholder={words.find}
                value={text}
                onChange={(event) => setText(event.target.value)}
              />
            )}
            <Lines of={folders.filter((one) => fits(one, text)).slice(0, MOST_SHOWN)} none={words.openFoldersNone}>
              {(folder) => <FolderLine of={folder}>{children(folder)}</FolderLine>}
            </Lines>
          </>
        )}
      </Asked>
    </Section>
  );
}

function fits(folder: Folder, text: string): boolean {
  const words = `${folderName(folder)} ${folder.location?.name ?? ''}`.toLowerCase();
  return text
    .toLowerCase()
    .split(' ')
    .every((part) => words.includes(part));
}

type NewFolderProps = { readonly isBusy: boolean; readonly onOpen: (title: string) => void };

function NewFolder({ isBusy, onOpen }: NewFolderProps) {
  const { look } = useSetting();
  const words = useWords();
  const [title, setTitle] = useState('');
  return (
    <Section title={words.newFolder}>
      <div style={look.main}>
        <input
          style={look.input}
          aria-label={words.newFolderTitle}
          placeholder={words.newFolderTitle}
          value={title}
          onChange={(event) => setTitle(event.target.value)}
        />
        <Button
          label={words.newFolderDeed}
          isBusy={isBusy || title.trim() === ''}
          onClick={() => onOpen(title.trim())}
        />
      </div>
    </Section>
  );
}
