import { Button, Checkbox, Text } from '@mantine/core';
import { IconFolderOpen } from '@tabler/icons-react';
import { useState } from 'react';
import type { FolderPage } from '../../api/malfunctions.ts';
import { Empty } from '../../kit/empty.tsx';
import { ExportButton } from '../../kit/export-button.tsx';
import { Section } from '../../kit/section.tsx';
import { useTexts } from '../../texts/index.ts';
import { draggable, DropZone } from './drop-zone.tsx';
import { memberName, MemberLine } from './member-line.tsx';
import { usePutIn, useTakeOut } from './use-put-in.ts';

/** What is in the folder: suggestions are dropped here, and what is dragged away from here is taken out. */
export function Members({ shown }: { readonly shown: FolderPage }) {
  const { folder, members } = shown;
  const texts = useTexts();
  const { malfunctions } = texts;
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const put = usePutIn(folder.id);
  const takeOut = useTakeOut(folder.id, () => setChosen(new Set()));
  const here = members.filter(({ id }) => chosen.has(id));
  const toggle = (id: string) =>
    setChosen(new Set(chosen.has(id) ? [...chosen].filter((one) => one !== id) : [...chosen, id]));
  return (
    <Section
      title={malfunctions.members}
      hint={malfunctions.membersHint}
      actions={
        <>
          {here.length > 0 && (
            <Button size="xs" variant="default" loading={takeOut.isPending} onClick={() => takeOut.mutate(here)}>
              {malfunctions.takeOut(here.length)}
            </Button>
          )}
          {members.length > 0 && (
            <ExportButton
              path="/tenants/{tenant}/plugins/service-desk/member/malfunctions/members/export"
              filter={{ id: folder.id }}
            />
          )}
        </>
      }
    >
      <DropZone takes="suggestion" onTake={(member) => put.mutate([member])}>
        {members.length === 0 && (
          <Empty icon={IconFolderOpen} title={malfunctions.membersNone} hint={malfunctions.membersNoneHint} />
        )}
        <ul className="folder-lines">
          {members.map((member) => (
            <li key={member.id} className="folder-line" {...draggable('member', member)}>
              <Checkbox
                size="sm"
                aria-label={malfunctions.choose(memberName(member, texts))}
                checked={chosen.has(member.id)}
                onChange={() => toggle(member.id)}
              />
              <div className="grow">
                <MemberLine member={member} hint={<Joined by={member.joined?.by} />} />
              </div>
            </li>
          ))}
        </ul>
      </DropZone>
    </Section>
  );
}

function Joined({ by }: { readonly by: string | undefined }) {
  const { malfunctions } = useTexts();
  return (
    <Text size="xs" c="dimmed">
      {by === undefined ? malfunctions.joinedTwenty : malfunctions.joined(by)}
    </Text>
  );
}
