import { Button, Checkbox, Group, Text } from '@mantine/core';
import { IconFolderOpen } from '@tabler/icons-react';
import { type DragEvent, useState } from 'react';
import { type FolderPage, type MemberName, moveMembers } from '../../api/malfunctions.ts';
import { useTenant } from '../../api/session.ts';
import { Empty } from '../../kit/empty.tsx';
import { Section } from '../../kit/section.tsx';
import { useDeed } from '../../kit/use-deed.ts';
import { useTexts } from '../../texts/index.ts';
import { memberName, MemberLine } from './member-line.tsx';
import { DRAGGED, usePutIn } from './use-put-in.ts';

/** What is in the folder; suggestions are dropped here. */
export function Members({ shown }: { readonly shown: FolderPage }) {
  const { folder, members } = shown;
  const texts = useTexts();
  const { malfunctions } = texts;
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [isOver, setOver] = useState(false);
  const put = usePutIn(folder.id);
  const here = members.filter(({ id }) => chosen.has(id));
  const toggle = (id: string) =>
    setChosen(new Set(chosen.has(id) ? [...chosen].filter((one) => one !== id) : [...chosen, id]));
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const dragged = event.dataTransfer.getData(DRAGGED);
    if (dragged !== '') put.mutate([JSON.parse(dragged) as MemberName]);
  };
  return (
    <Section
      title={malfunctions.members}
      hint={malfunctions.membersHint}
      actions={here.length > 0 && <TakeOut folderId={folder.id} members={here} onDone={() => setChosen(new Set())} />}
    >
      <div
        className="drop-here"
        {...(isOver ? { 'data-over': true } : {})}
        onDragOver={(event) => {
          if (!event.dataTransfer.types.includes(DRAGGED)) return;
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        {members.length === 0 && (
          <Empty icon={IconFolderOpen} title={malfunctions.membersNone} hint={malfunctions.membersNoneHint} />
        )}
        <ul className="folder-lines">
          {members.map((member) => (
            <li key={member.id} className="folder-line">
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
      </div>
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

interface TakeOutProps {
  readonly folderId: string;
  readonly members: readonly MemberName[];
  readonly onDone: () => void;
}

function TakeOut({ folderId, members, onDone }: TakeOutProps) {
  const tenant = useTenant();
  const { malfunctions } = useTexts();
  const names = members.map(({ object, id }) => ({ object, id }));
  const deed = useDeed({
    act: () => moveMembers(tenant, 'take', { folderId, members: names }),
    done: (results) => malfunctions.takenOut(results.filter(({ result }) => result === 'taken-out').length),
    touches: ['malfunction', 'malfunctions', 'malfunction-candidates', 'case'],
    onDone,
  });
  return (
    <Group gap="xs">
      <Button size="xs" variant="default" loading={deed.isPending} onClick={() => deed.mutate(undefined)}>
        {malfunctions.takeOut(members.length)}
      </Button>
    </Group>
  );
}
