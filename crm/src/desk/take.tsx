import { Faint } from '../panel/parts.tsx';
import type { Chosen, MemberObject } from './answer.ts';
import { ChosenRecords } from './chosen.tsx';
import { ChosenList } from './chosen-list.tsx';
import { takeOut } from './doors.ts';
import { Button, Refusal } from './parts.tsx';
import { useWords } from './texts/index.ts';
import { useDeed } from './use-deed.ts';

/** The command that takes selected calls or cases out of their malfunctions. */
export const TakeCommand = ({ object }: { readonly object: MemberObject }) => (
  <ChosenRecords object={object} command="take" icon="IconFolderMinus">
    {(chosen, refresh) => <Take chosen={chosen} refresh={refresh} />}
  </ChosenRecords>
);

function Take({ chosen: { members }, refresh }: { readonly chosen: Chosen; readonly refresh: () => void }) {
  const words = useWords();
  const inside = members.filter(({ folder }) => folder !== null);
  const deed = useDeed(async (some: Chosen['members']) => await takeOut(some), refresh);
  const results = deed.state.kind === 'done' ? deed.state.answer.results : undefined;
  return (
    <>
      <Refusal state={deed.state} />
      <ChosenList members={members} results={results} />
      {inside.length > 0 && (
        <Button label={words.takeAll(inside.length)} isBusy={deed.isBusy} onClick={() => deed.run(inside)} />
      )}
      {inside.length === 0 && results === undefined && <Faint>{words.takeNone}</Faint>}
    </>
  );
}
