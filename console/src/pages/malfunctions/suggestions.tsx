import { Button, Checkbox, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type Candidate, candidatesQuery, decideSuggestion } from '../../api/malfunctions.ts';
import { useTenant } from '../../api/session.ts';
import { Loaded } from '../../kit/loaded.tsx';
import { Section } from '../../kit/section.tsx';
import { useDeed } from '../../kit/use-deed.ts';
import { useTexts } from '../../texts/index.ts';
import { draggable, DropZone } from './drop-zone.tsx';
import { memberName, MemberLine } from './member-line.tsx';
import { usePutIn, useTakeOut } from './use-put-in.ts';
import { Why } from './why.tsx';

/** What may belong into the folder, and why: by mouse, by keyboard, one or many. What is dragged here from the folder is taken out. */
export function Suggestions({ folderId }: { readonly folderId: string }) {
  const tenant = useTenant();
  const { malfunctions } = useTexts();
  const query = useQuery(candidatesQuery(tenant, folderId));
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const put = usePutIn(folderId);
  const takeOut = useTakeOut(folderId, () => {});
  const here = (query.data?.candidates ?? []).filter(({ id }) => chosen.has(id));
  const toggle = (id: string) =>
    setChosen(new Set(chosen.has(id) ? [...chosen].filter((one) => one !== id) : [...chosen, id]));
  return (
    <Section
      title={malfunctions.suggestions}
      hint={malfunctions.suggestionsHint}
      actions={
        here.length > 0 && (
          <Button size="xs" loading={put.isPending} onClick={() => put.mutate(here)}>
            {malfunctions.putAll(here.length)}
          </Button>
        )
      }
    >
      <DropZone takes="member" onTake={(member) => takeOut.mutate([member])}>
        <Loaded query={query}>
          {({ candidates }) =>
            candidates.length === 0 ? (
              <Text size="sm" c="dimmed">
                {malfunctions.suggestionsNone}
              </Text>
            ) : (
              <ul className="folder-lines">
                {candidates.map((one) => (
                  <Line
                    key={one.id}
                    folderId={folderId}
                    candidate={one}
                    isChosen={chosen.has(one.id)}
                    onToggle={() => toggle(one.id)}
                    onPut={() => put.mutate([one])}
                  />
                ))}
              </ul>
            )
          }
        </Loaded>
      </DropZone>
    </Section>
  );
}

interface LineProps {
  readonly folderId: string;
  readonly candidate: Candidate;
  readonly isChosen: boolean;
  readonly onToggle: () => void;
  readonly onPut: () => void;
}

function Line({ folderId, candidate, isChosen, onToggle, onPut }: LineProps) {
  const tenant = useTenant();
  const texts = useTexts();
  const { malfunctions } = texts;
  const { object, id } = candidate;
  const refuse = useDeed({
    act: () => decideSuggestion(tenant, { folderId, object, recordId: id, isAccepted: false }),
    touches: ['malfunction-candidates'],
  });
  const name = memberName(candidate, texts);
  return (
    <li className="folder-line" {...draggable('suggestion', candidate)}>
      <Checkbox size="sm" aria-label={malfunctions.choose(name)} checked={isChosen} onChange={onToggle} />
      <div className="grow">
        <MemberLine member={candidate} hint={<Why {...candidate} />} />
      </div>
      <Group gap={6} justify="flex-end">
        <Button size="compact-xs" variant="default" onClick={onPut} aria-label={`${malfunctions.putIn}: ${name}`}>
          {malfunctions.putIn}
        </Button>
        <Button
          size="compact-xs"
          variant="subtle"
          loading={refuse.isPending}
          onClick={() => refuse.mutate(undefined)}
          aria-label={`${malfunctions.notThis}: ${name}`}
        >
          {malfunctions.notThis}
        </Button>
      </Group>
    </li>
  );
}
