import type { ReactNode } from 'react';

import { Section } from '../panel/parts.tsx';
import { useSetting } from '../panel/setting.ts';
import type { Chosen, Moved } from './answer.ts';
import { folderName, MemberLine } from './lines.tsx';
import { Lines } from './parts.tsx';
import { useWords } from './texts/index.ts';

type ChosenMember = Chosen['members'][number];

type ChosenListProps = {
  readonly members: readonly ChosenMember[];
  /** What came of each, once something was done. */
  readonly results?: readonly Moved[] | undefined;
  /** What can be done with one of them. */
  readonly children?: (member: ChosenMember) => ReactNode;
};

/** The records that were chosen, each with its malfunction and with what came of it. */
export function ChosenList({ members, results = [], children }: ChosenListProps) {
  const { look } = useSetting();
  const words = useWords();
  return (
    <Section title={words.chosen(members.length)}>
      <Lines of={members} none="">
        {(member) => {
          const result = results.find(({ id }) => id === member.id)?.result;
          return (
            <>
              <MemberLine of={member}>{children?.(member)}</MemberLine>
              <div style={look.side}>
                {member.folder === null ? words.isInNone : words.isIn(folderName(member.folder))}
              </div>
              {result !== undefined && (
                <div role="status">
                  <span style={look.tag(result === 'not-found' ? 'red' : 'green')}>{words.results[result]}</span>
                </div>
              )}
            </>
          );
        }}
      </Lines>
    </Section>
  );
}
