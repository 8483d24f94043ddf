import { Badge, Text } from '@mantine/core';
import {
  type Icon,
  IconArrowMerge,
  IconClock,
  IconLink,
  IconMail,
  IconMailForward,
  IconMailX,
  IconMessage,
  IconNote,
  IconPencil,
  IconPhone,
  IconPhoneOutgoing,
  IconPhoneX,
  IconTicket,
  IconTrash,
} from '@tabler/icons-react';
import type { JournalEntry } from '../../api/journal.ts';
import { clock } from '../../desk/words.ts';
import { useSpeech, useTexts } from '../../texts/index.ts';
import { groupOf } from './journal-groups.ts';
import { JournalChanges } from './journal-changes.tsx';

/** Entries by the day on which they happened. */
export function JournalDays({ entries }: { readonly entries: readonly JournalEntry[] }) {
  const { language } = useSpeech();
  const dayOf = ({ at }: JournalEntry) => new Date(at).toLocaleDateString(language, { dateStyle: 'full' });
  return [...Map.groupBy(entries, dayOf)].map(([day, own]) => (
    <section key={day} aria-label={day}>
      <Text size="xs" fw={600} c="dimmed" mb={4}>
        {day}
      </Text>
      <ol className="journal">
        {own.map((entry) => (
          <Line key={entry.sequence} entry={entry} />
        ))}
      </ol>
    </section>
  ));
}

const signs: Readonly<Record<string, Icon>> = {
  CREATED: IconTicket,
  CALL_RECEIVED: IconPhone,
  CALL_ENDED: IconPhone,
  CALL_MADE: IconPhoneOutgoing,
  CALL_MISSED: IconPhoneX,
  MAIL_RECEIVED: IconMail,
  MAIL_SENT: IconMailForward,
  MAIL_FAILED: IconMailX,
  CHAT_MESSAGE: IconMessage,
  NOTE: IconNote,
  LINKED: IconLink,
  UNLINKED: IconLink,
  MERGED: IconArrowMerge,
  SPLIT: IconArrowMerge,
  PROMISE: IconClock,
  DELETED: IconTrash,
  ERASED: IconTrash,
};

function Line({ entry }: { readonly entry: JournalEntry }) {
  const { texts, language } = useSpeech();
  const { journal } = texts;
  const { kind, at, actor, actorKind, source, text, changes, isElsewhere, isRecovered, isErased } = entry;
  const Sign = signs[kind] ?? IconPencil;
  const date = new Date(at);
  const from = journal.sources[source] ?? source;
  const group = groupOf(kind);
  const namesOthers = group === 'links' || (isElsewhere && group === 'changes');
  return (
    <li>
      <Sign size={17} aria-hidden className="journal-sign" />
      <div className="journal-words">
        <div className="journal-head">
          <Text size="sm" component="span" className="break">
            <b>{actor ?? journal.actors[actorKind]}</b> {journal.kinds[kind] ?? kind}
            {namesOthers && <Others entry={entry} />}
          </Text>
          <Badge variant="default" size="xs" tt="none" className="journal-source" aria-label={journal.from(from)}>
            {from}
          </Badge>
          <Text size="xs" c="dimmed" component="time" dateTime={at} title={date.toLocaleString(language)}>
            {date.toLocaleTimeString(language, { timeStyle: 'short' })}
          </Text>
        </div>
        <Facts entry={entry} />
        {changes.length > 0 && <JournalChanges changes={changes} />}
        {text !== '' && <div className="journal-text">{text}</div>}
        {isErased && <Aside>{journal.erased}</Aside>}
        {isRecovered && <Aside>{journal.recovered}</Aside>}
      </div>
    </li>
  );
}

const Aside = ({ children }: { readonly children: string }) => (
  <Text size="xs" c="dimmed" fs="italic">
    {children}
  </Text>
);

function Others({ entry: { others } }: { readonly entry: JournalEntry }) {
  const names = others.flatMap(({ name }) => name ?? []);
  return names.length === 0 ? undefined : `: ${names.join(', ')}`;
}

/** What a call or a mail was about, in one line. */
function Facts({ entry: { details, kind } }: { readonly entry: JournalEntry }) {
  const { desk } = useTexts();
  const said = (name: string) => (typeof details[name] === 'string' ? details[name] : '');
  const seconds = details['durationSeconds'];
  const outcome = kind === 'CALL_MADE' ? (desk.outcomes[said('outcome')] ?? '') : '';
  const to = said('to');
  const facts = [
    said('subject'),
    said('phoneNumber'),
    outcome,
    to === '' ? '' : `→ ${to}`,
    typeof seconds === 'number' && seconds > 0 ? clock(seconds * 1000) : '',
    said('reason'),
  ].filter((fact) => fact !== '');
  if (facts.length === 0) return undefined;
  return (
    <Text size="sm" c="dimmed" className="break">
      {facts.join(' · ')}
    </Text>
  );
}
