import { Chip, Group, NativeSelect, Text } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type JournalOf, journalQuery, type JournalTally } from '../../api/journal.ts';
import { useTenant } from '../../api/session.ts';
import { Empty } from '../../kit/empty.tsx';
import { Lines, Loaded } from '../../kit/loaded.tsx';
import { Moment } from '../../kit/moment.tsx';
import { MoreButton } from '../../kit/more-button.tsx';
import { Section } from '../../kit/section.tsx';
import { StateBadge } from '../../kit/state-badge.tsx';
import { useSpeech, useTexts } from '../../texts/index.ts';
import { JournalDays } from './journal-days.tsx';
import { type Group as KindGroup, groupOf, groups, kindsOf } from './journal-groups.ts';
import './journal.css';

/** Everything that anybody did about the record, the newest first. */
export function Journal({ of }: { readonly of: JournalOf }) {
  const { journal } = useTexts();
  const [chosen, setChosen] = useState<readonly KindGroup[]>([]);
  const [who, setWho] = useState('');
  const query = useInfiniteQuery(journalQuery(useTenant(), of, { kinds: kindsOf(chosen), who }));
  const first = query.data?.pages[0];
  const tally = first?.tally ?? [];
  const isFiltered = chosen.length > 0 || who !== '';
  return (
    <Section title={journal.title} actions={first !== undefined && <Check check={first.check} />}>
      {tally.length > 0 && (
        <Group justify="space-between" gap="sm" align="flex-end">
          <Kinds tally={tally} chosen={chosen} onChoose={setChosen} />
          <NativeSelect
            size="xs"
            label={journal.who}
            value={who}
            onChange={(event) => setWho(event.currentTarget.value)}
            data={useActors(tally)}
          />
        </Group>
      )}
      <Loaded query={query} skeleton={<Lines count={6} height={48} />}>
        {({ pages }) => {
          const entries = pages.flatMap((page) => page.entries);
          if (entries.length > 0) return <JournalDays entries={entries} />;
          if (!isFiltered) return <Empty icon={IconHistory} title={journal.none} hint={journal.noneHint} />;
          return <Text c="dimmed">{journal.noneMatch}</Text>;
        }}
      </Loaded>
      <MoreButton query={query} />
    </Section>
  );
}

interface KindsProps {
  readonly tally: readonly JournalTally[];
  readonly chosen: readonly KindGroup[];
  readonly onChoose: (groups: readonly KindGroup[]) => void;
}

/** What there is of, with how many. */
function Kinds({ tally, chosen, onChoose }: KindsProps) {
  const { journal } = useTexts();
  const { language } = useSpeech();
  const counts = new Map<KindGroup, number>();
  for (const { kind, count } of tally) counts.set(groupOf(kind), (counts.get(groupOf(kind)) ?? 0) + count);
  return (
    <Chip.Group
      multiple
      value={[...chosen]}
      onChange={(next) => onChoose(groups.filter((group) => next.includes(group)))}
    >
      <Group gap="xs" role="group" aria-label={journal.filter}>
        {groups
          .filter((group) => counts.has(group) || chosen.includes(group))
          .map((group) => (
            <Chip key={group} value={group} size="xs" variant="outline">
              {`${journal.groups[group]} ${(counts.get(group) ?? 0).toLocaleString(language)}`}
            </Chip>
          ))}
      </Group>
    </Chip.Group>
  );
}

/** Members by name, everybody else by what they are. */
function useActors(tally: readonly JournalTally[]) {
  const { journal } = useTexts();
  const options = new Map([['', journal.everybody]]);
  for (const { actorKind, actorId, actor } of tally) {
    const isNamed = actorKind === 'MEMBER' && actorId !== null && actor !== null;
    options.set(isNamed ? `MEMBER/${actorId}` : actorKind, isNamed ? actor : journal.actors[actorKind]);
  }
  return [...options].map(([value, label]) => ({ value, label }));
}

interface CheckProps {
  readonly check: { readonly at: string; readonly upTo: number; readonly isIntact: boolean } | null;
}

/** How far the chain was followed, and when. */
function Check({ check }: CheckProps) {
  const { journal } = useTexts();
  const { language } = useSpeech();
  if (check === null) return <StateBadge tone="off">{journal.unchecked}</StateBadge>;
  const upTo = check.upTo.toLocaleString(language);
  return (
    <Text size="xs" c="dimmed" component="div" className="journal-check">
      <StateBadge tone={check.isIntact ? 'ok' : 'failed'}>
        {check.isIntact ? journal.checked(upTo) : journal.broken(upTo)}
      </StateBadge>
      <Moment at={check.at} />
    </Text>
  );
}
