import { Text } from '@mantine/core';
import { IconPhone } from '@tabler/icons-react';
import type { CaseCall, ShownCase } from '../../api/desk.ts';
import { clock } from '../../desk/words.ts';
import { Empty } from '../../kit/empty.tsx';
import { Moment } from '../../kit/moment.tsx';
import { Section } from '../../kit/section.tsx';
import { type Texts, useTexts } from '../../texts/index.ts';

/** The calls about the case, the newest first. */
export function Calls({ shown: { calls } }: { readonly shown: ShownCase }) {
  const texts = useTexts();
  const { journal } = texts;
  const newestFirst = calls.toSorted((one, other) => ((one.startedAt ?? '') < (other.startedAt ?? '') ? 1 : -1));
  return (
    <Section title={journal.calls} isTitleHidden>
      {calls.length === 0 && <Empty icon={IconPhone} title={journal.noCalls} hint={journal.noCallsHint} />}
      <ol className="journal">
        {newestFirst.map((call) => (
          <li key={call.id}>
            <IconPhone size={17} aria-hidden className="journal-sign" />
            <div className="journal-words">
              <Text size="sm">
                {titleOf(call, texts)}{' '}
                <Text span size="xs" c="dimmed">
                  <Moment at={call.startedAt ?? ''} />
                </Text>
              </Text>
              <div className="journal-text">{factsOf(call)}</div>
            </div>
          </li>
        ))}
      </ol>
    </Section>
  );
}

function titleOf({ direction, outcome }: CaseCall, { cases, desk }: Texts): string {
  if (direction === null) return cases.callOngoing;
  return cases.call(desk.directions[direction] ?? direction, (desk.outcomes[outcome ?? ''] ?? '').toLowerCase());
}

function factsOf({ phoneNumber, agentName, durationSeconds }: CaseCall): string {
  const length = durationSeconds !== null && durationSeconds > 0 ? clock(durationSeconds * 1000) : '';
  return [phoneNumber, agentName, length].filter((part) => part).join(' · ');
}
