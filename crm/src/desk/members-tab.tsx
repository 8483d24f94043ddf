import { Asked } from '../panel/asked.tsx';
import { OneRecord } from '../panel/one-record.tsx';
import { Section } from '../panel/parts.tsx';
import { useSetting } from '../panel/setting.ts';
import type { FolderPage, Member, Why } from './answer.ts';
import { decide, followSuggestion, takeOut, useDoor } from './doors.ts';
import { memberName, MemberLine, WhyLine } from './lines.tsx';
import { Button, Lines, Refusal } from './parts.tsx';
import { useWords } from './texts/index.ts';
import { useDeed } from './use-deed.ts';

type Candidate = Member & Why;

/** The tab "Members" on the page of a malfunction: the calls and cases in it, and those that may belong there. */
export const MembersTab = () => <OneRecord>{(folderId) => <Body key={folderId} folderId={folderId} />}</OneRecord>;

function Body({ folderId }: { readonly folderId: string }) {
  const folder = useDoor<FolderPage>(`/malfunctions/one?id=${folderId}`);
  const candidates = useDoor<{ readonly candidates: readonly Candidate[] }>(`/malfunctions/candidates?id=${folderId}`);
  const refresh = () => {
    folder.refresh();
    candidates.refresh();
  };
  return (
    <Asked state={folder.state} refresh={refresh}>
      {({ members }) => (
        <>
          <Members folderId={folderId} members={members} refresh={refresh} />
          <Asked state={candidates.state} refresh={refresh}>
            {(answer) => <Suggestions folderId={folderId} candidates={answer.candidates} refresh={refresh} />}
          </Asked>
        </>
      )}
    </Asked>
  );
}

type MembersProps = Pick<FolderPage, 'members'> & { readonly folderId: string; readonly refresh: () => void };

function Members({ folderId, members, refresh }: MembersProps) {
  const { look } = useSetting();
  const words = useWords();
  const deed = useDeed(async (member: Member) => await takeOut([member], folderId), refresh);
  return (
    <Section title={words.members}>
      <Refusal state={deed.state} />
      <Lines of={members} none={words.membersNone}>
        {(member) => (
          <>
            <MemberLine of={member}>
              <Button
                label={words.takeOut}
                to={memberName(member, words)}
                isBusy={deed.isBusy}
                onClick={() => deed.run(member)}
              />
            </MemberLine>
            <div style={look.side}>{member.joined === null ? words.joinedTwenty : words.joined(member.joined.by)}</div>
          </>
        )}
      </Lines>
    </Section>
  );
}

type SuggestionsProps = {
  readonly folderId: string;
  readonly candidates: readonly Candidate[];
  readonly refresh: () => void;
};

function Suggestions({ folderId, candidates, refresh }: SuggestionsProps) {
  const words = useWords();
  const put = useDeed(async (one: Candidate) => await followSuggestion(folderId, [one], one), refresh);
  const refuse = useDeed(async (one: Candidate) => await decide(folderId, one, false), refresh);
  const isBusy = put.isBusy || refuse.isBusy;
  return (
    <Section title={words.suggestions}>
      <Refusal state={put.state} />
      <Refusal state={refuse.state} />
      <Lines of={candidates} none={words.suggestionsNone}>
        {(one) => {
          const name = memberName(one, words);
          return (
            <>
              <MemberLine of={one}>
                <Button label={words.putIn} to={name} isBusy={isBusy} onClick={() => put.run(one)} />
                <Button label={words.notThis} to={name} isBusy={isBusy} onClick={() => refuse.run(one)} />
              </MemberLine>
              <WhyLine of={one} />
            </>
          );
        }}
      </Lines>
    </Section>
  );
}
