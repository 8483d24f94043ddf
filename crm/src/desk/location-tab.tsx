import { Asked } from '../panel/asked.tsx';
import { OneRecord } from '../panel/one-record.tsx';
import { Faint, Section } from '../panel/parts.tsx';
import type { Folder } from './answer.ts';
import { useDoor } from './doors.ts';
import { FolderLine, isOver } from './lines.tsx';
import { Lines } from './parts.tsx';
import { useWords } from './texts/index.ts';

/** The tab "Malfunctions" on the page of a location: what is wrong there, and what was. */
export const LocationTab = () => <OneRecord>{(id) => <Body locationId={id} />}</OneRecord>;

type Answer = { readonly folders: readonly Folder[]; readonly isCut: boolean };

function Body({ locationId }: { readonly locationId: string }) {
  const words = useWords();
  const { state, refresh } = useDoor<Answer>(`/malfunctions?state=all&locationId=${locationId}`);
  return (
    <Asked state={state} refresh={refresh}>
      {({ folders, isCut }) => (
        <>
          <Section title={words.openHere}>
            <Lines of={folders.filter((one) => !isOver(one))} none={words.openHereNone}>
              {(folder) => <FolderLine of={folder} />}
            </Lines>
          </Section>
          <Section title={words.past}>
            <Lines of={folders.filter(isOver)} none={words.pastNone}>
              {(folder) => <FolderLine of={folder} />}
            </Lines>
            {isCut && <Faint>{words.cut}</Faint>}
          </Section>
        </>
      )}
    </Asked>
  );
}
