import { Text } from '@mantine/core';
import type { SentMail } from '../../api/mail.ts';
import { type Column, DataTable } from '../../kit/data-table.tsx';
import { Moment } from '../../kit/moment.tsx';
import { type Texts, useTexts } from '../../texts/index.ts';
import { RecordLink } from '../records/record-link.tsx';
import { OneMail } from './one-mail.tsx';
import { SendingBadge } from './sending-badge.tsx';
import { Unsend } from './unsend.tsx';

const MOST_NAMED = 2;

interface SentTableProps {
  readonly mails: readonly SentMail[];
  readonly withAuthor: boolean;
}

/** Mails that were sent, each with what became of it; a row opens to the mail itself. */
export function SentTable({ mails, withAuthor }: SentTableProps) {
  const { mail } = useTexts();
  const columns: readonly Column<SentMail>[] = [
    { id: 'subject', title: mail.columns.subject, isWide: true, cell: (one) => <Subject one={one} /> },
    { id: 'to', title: mail.columns.to, cell: (one) => namesOf(one, mail) },
    {
      id: 'state',
      title: mail.columns.state,
      cell: (one) => <SendingBadge sending={one} />,
    },
    { id: 'case', title: mail.columns.case, cell: (one) => <CaseOf one={one} /> },
    ...(withAuthor ? [{ id: 'by', title: mail.columns.by, cell: ({ authorName }: SentMail) => authorName }] : []),
    { id: 'at', title: mail.columns.at, cell: ({ createdAt }) => <Moment at={createdAt} /> },
  ];
  return (
    <DataTable
      caption={mail.caption}
      rows={mails}
      idOf={({ id }) => id}
      columns={columns}
      details={(one) => <Details one={one} />}
    />
  );
}

function Subject({ one: { subject } }: { readonly one: SentMail }) {
  return (
    <Text size="sm" fw={600} component="span" className="break">
      {subject}
    </Text>
  );
}

function namesOf({ to, cc, bcc }: SentMail, mail: Texts['mail']): string {
  const all = [...to, ...cc, ...bcc].map(({ name, address }) => name || address);
  const more = all.length - MOST_NAMED;
  return [all.slice(0, MOST_NAMED).join(', '), ...(more > 0 ? [mail.andMore(more)] : [])].join(' ');
}

function CaseOf({ one }: { readonly one: SentMail }) {
  if (one.case === null) return '–';
  return (
    <RecordLink object="serviceCase" id={one.case.id}>
      {one.case.number || one.case.subject}
    </RecordLink>
  );
}

function Details({ one }: { readonly one: SentMail }) {
  const { mail } = useTexts();
  return (
    <>
      <Recipients one={one} />
      {one.waitsForMailbox && (
        <Text size="sm" className="mail-warning">
          {mail.mailboxHint}
        </Text>
      )}
      {one.state === 'waiting' && <Unsend requestId={one.requestId} mailId={one.id} />}
      <OneMail id={one.id} kind="sent" />
    </>
  );
}

export function Recipients({ one }: { readonly one: Pick<SentMail, 'recipients'> }) {
  const { mail } = useTexts();
  return (
    <ul className="mail-recipients">
      {one.recipients.map(({ address, state, answer, bouncedAt, bounceReason }) => (
        <li key={address} className="break">
          {[
            `${address}: ${mail.recipientStates[bouncedAt === null ? state : 'bounced'] ?? state}`,
            bouncedAt === null ? (state === 'accepted' ? '' : answer) : bounceReason,
          ]
            .filter((part) => part !== '')
            .join(', ')}
        </li>
      ))}
    </ul>
  );
}
