import { useState } from 'react';
import { v4 as newId } from 'uuid';

import type { DoorOutcome } from '../panel/ask-door.ts';
import { Faint, Section } from '../panel/parts.tsx';
import { useSetting } from '../panel/setting.ts';
import type { Chosen, Member, Merged } from './answer.ts';
import { ChosenRecords } from './chosen.tsx';
import { ChosenList } from './chosen-list.tsx';
import { askDesk } from './doors.ts';
import { memberName, MemberLine } from './lines.tsx';
import { Button, Lines } from './parts.tsx';
import { useWords } from './texts/index.ts';

/** The command that makes one case of those that are selected. */
export const MergeCommand = () => (
  <ChosenRecords object="serviceCase" command="merge" icon="IconGitMerge">
    {(chosen, refresh) => <Merge chosen={chosen} refresh={refresh} />}
  </ChosenRecords>
);

/** What came of merging one case. `said` by the hub where it refused, in English. */
type Result = {
  readonly case: Member;
  readonly result: 'merged' | 'one-already' | 'undone' | 'refused';
  readonly mergeId: string | undefined;
  readonly said: string;
};

type MergeProps = { readonly chosen: Chosen; readonly refresh: () => void };

function Merge({ chosen: { members }, refresh }: MergeProps) {
  const { look } = useSetting();
  const words = useWords();
  const [results, setResults] = useState<readonly Result[]>();
  const [isBusy, setBusy] = useState(false);
  const merge = async (into: Member): Promise<void> => {
    setBusy(true);
    const done: Result[] = [];
    // One after the other: each is its own merge, and can be taken back by itself.
    for (const one of members.filter(({ id }) => id !== into.id)) {
      const body = { requestId: newId(), caseId: one.id, intoId: into.id };
      done.push(resultOf(one, await askDesk<Merged>('/cases/merge', body)));
    }
    setResults(done);
    setBusy(false);
    refresh();
  };
  const undo = async (one: Result): Promise<void> => {
    setBusy(true);
    const outcome = await askDesk<object>('/cases/merge/undo', { mergeId: one.mergeId });
    const became: Result = outcome.kind === 'answer' ? { ...one, result: 'undone' } : { ...one, said: outcome.said };
    setResults(results?.map((each) => (each.case.id === one.case.id ? became : each)));
    setBusy(false);
    refresh();
  };
  if (results !== undefined)
    return <Results results={results} members={members} isBusy={isBusy} undo={(one) => void undo(one)} />;
  if (members.length < 2) return <Faint>{words.mergeTooFew}</Faint>;
  return (
    <>
      <p style={look.heading}>{words.mergeTitle}</p>
      <Faint>{words.mergeHint}</Faint>
      <ChosenList members={members}>
        {(one) => (
          <Button label={words.mergeInto} to={memberName(one, words)} isBusy={isBusy} onClick={() => void merge(one)} />
        )}
      </ChosenList>
    </>
  );
}

function resultOf(one: Member, outcome: DoorOutcome<Merged>): Result {
  if (outcome.kind === 'problem') return { case: one, result: 'refused', mergeId: undefined, said: outcome.said };
  return { case: one, result: outcome.answer.outcome, mergeId: outcome.answer.mergeId, said: '' };
}

type ResultsProps = {
  readonly results: readonly Result[];
  /** As they are now: merging changes their status. */
  readonly members: readonly Member[];
  readonly isBusy: boolean;
  readonly undo: (one: Result) => void;
};

function Results({ results, members, isBusy, undo }: ResultsProps) {
  const { look } = useSetting();
  const words = useWords();
  const asOfNow = (one: Member): Member => members.find(({ id }) => id === one.id) ?? one;
  return (
    <Section title={words.outcome}>
      <Lines of={results.map((one) => ({ ...one, id: one.case.id }))} none="">
        {(one) => (
          <div role="status">
            <MemberLine of={asOfNow(one.case)}>
              {one.result === 'merged' && (
                <Button
                  label={words.takeBack}
                  to={memberName(one.case, words)}
                  isBusy={isBusy}
                  onClick={() => undo(one)}
                />
              )}
            </MemberLine>
            <span style={look.tag(one.result === 'refused' ? 'red' : 'green')}>
              {one.result === 'refused' ? words.refused : words.mergeResults[one.result]}
            </span>
            {one.said !== '' && <Faint>{one.said}</Faint>}
          </div>
        )}
      </Lines>
    </Section>
  );
}
