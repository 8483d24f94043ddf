import { Faint, Section } from '../panel/parts.tsx';
import { useSetting } from '../panel/setting.ts';
import type { Chosen, Folder } from './answer.ts';
import { ChosenRecords } from './chosen.tsx';
import { folderName, MemberLine } from './lines.tsx';
import { ConsoleLink, Lines } from './parts.tsx';
import { useWords } from './texts/index.ts';

/** The command that leads from selected cases to a mail to their contacts, which is written in the console. */
export const MailCommand = () => (
  <ChosenRecords object="serviceCase" command="mail" icon="IconMailPlus">
    {(chosen) => <Write chosen={chosen} />}
  </ChosenRecords>
);

function Write({ chosen: { members, workspace } }: { readonly chosen: Chosen }) {
  const { look } = useSetting();
  const words = useWords();
  const groups = groupsOf(members);
  return (
    <>
      <Faint>{words.writeHint}</Faint>
      <div style={look.section}>
        {groups.map(({ folder, ids }) => (
          <p key={folder.id} style={{ margin: '8px 0' }}>
            <ConsoleLink workspace={workspace} path={`malfunctions/${folder.id}/mail#${ids.join()}`}>
              {words.writeAll(ids.length, folderName(folder))}
            </ConsoleLink>
          </p>
        ))}
        {groups.length === 0 && members.length > 1 && <Faint>{words.writeAllHint}</Faint>}
      </div>
      <Section title={words.writeEach}>
        <Lines of={members} none="">
          {(one) => (
            <MemberLine of={one}>
              <ConsoleLink workspace={workspace} path={`cases/${one.id}#mails`}>
                {words.write}
              </ConsoleLink>
            </MemberLine>
          )}
        </Lines>
      </Section>
    </>
  );
}

type FolderGroup = { readonly folder: Folder; readonly ids: readonly string[] };

/** Cases of one malfunction can be written to together. */
function groupsOf(members: Chosen['members']): FolderGroup[] {
  const groups = new Map<string, FolderGroup>();
  for (const { folder, id } of members) {
    if (folder !== null) groups.set(folder.id, { folder, ids: [...(groups.get(folder.id)?.ids ?? []), id] });
  }
  return [...groups.values()].filter(({ ids }) => ids.length > 1);
}
