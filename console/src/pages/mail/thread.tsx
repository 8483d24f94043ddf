import { Group, Text, UnstyledButton } from '@mantine/core';
import { IconMail, IconMailForward } from '@tabler/icons-react';
import { useState } from 'react';
import { type CaseMail } from '../../api/desk.ts';
import type { WholeMail } from '../../api/mail.ts';
import { Moment } from '../../kit/moment.tsx';
import { useTexts } from '../../texts/index.ts';
import { OneMail } from './one-mail.tsx';
import { SenderBadge } from './sender-proof.tsx';
import { SendingBadge } from './sending-badge.tsx';
import { Unsend } from './unsend.tsx';

export type Answer = 'reply' | 'reply-all' | 'forward';

interface ThreadProps {
  readonly mails: readonly CaseMail[];
  readonly onAnswer?: ((mail: WholeMail, how: Answer) => void) | undefined;
}

/** The mails of a case, the newest first; one opens where it stands. */
export function Thread({ mails, onAnswer }: ThreadProps) {
  const { mail: texts } = useTexts();
  const [open, setOpen] = useState<string>();
  if (mails.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {texts.none}
      </Text>
    );
  }
  return (
    <ol className="mail-thread">
      {mails.map((mail) => (
        <li key={mail.id} className="mail-item" {...(mail.kind === 'sent' ? { 'data-sent': true } : {})}>
          <Line
            mail={mail}
            isOpen={open === mail.id}
            onToggle={() => setOpen(open === mail.id ? undefined : mail.id)}
          />
          {open === mail.id && <OneMail id={mail.id} kind={mail.kind} onAnswer={onAnswer} />}
        </li>
      ))}
    </ol>
  );
}

interface LineProps {
  readonly mail: CaseMail;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
}

function Line({ mail, isOpen, onToggle }: LineProps) {
  const { mail: texts } = useTexts();
  const isSent = mail.kind === 'sent';
  const Sign = isSent ? IconMailForward : IconMail;
  const people = isSent ? mail.to : [mail.from];
  const names = people.map(({ name, address }) => name || address).join(', ');
  return (
    <>
      <UnstyledButton className="mail-opener" onClick={onToggle} aria-expanded={isOpen}>
        <Group gap="xs" wrap="nowrap" align="flex-start">
          <Sign size={17} aria-hidden className="mail-sign" />
          <div className="entry-words">
            <Text size="sm" fw={600} component="span" className="break">
              {mail.subject}
            </Text>
            <Text size="xs" c="dimmed" component="div" className="break">
              {`${isSent ? texts.to : texts.from}: ${names}`}{' '}
              {isSent && mail.authorName !== '' && `· ${texts.by(mail.authorName)}`} · <Moment at={mail.at} />
            </Text>
          </div>
        </Group>
      </UnstyledButton>
      {!isOpen && mail.excerpt !== '' && (
        <Text size="sm" component="div" lineClamp={3} className="mail-text" mt={4}>
          {mail.excerpt}
        </Text>
      )}
      {isSent ? <Fate mail={mail} /> : !isOpen && <SenderBadge proof={mail.proof} />}
    </>
  );
}

/** What became of a mail of ours, at each recipient where that is worth a word. */
function Fate({ mail }: { readonly mail: CaseMail }) {
  const { mail: texts } = useTexts();
  const told = mail.recipients.filter(({ state }) => !['accepted', 'queued', 'sending'].includes(state));
  return (
    <>
      <Group gap="xs" mt={6}>
        <SendingBadge sending={mail} />
        {mail.state === 'waiting' && mail.requestId !== null && <Unsend requestId={mail.requestId} mailId={mail.id} />}
      </Group>
      {mail.waitsForMailbox && (
        <Text size="sm" className="mail-warning">
          {texts.mailboxHint}
        </Text>
      )}
      {told.length > 0 && (
        <ul className="mail-recipients">
          {told.map(({ address, state, answer }) => (
            <li key={address} className="break">
              {[`${address}: ${texts.recipientStates[state] ?? state}`, answer]
                .filter((part) => part !== '')
                .join(', ')}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
