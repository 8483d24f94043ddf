import { Text } from '@mantine/core';
import { IconMailQuestion } from '@tabler/icons-react';
import type { UnclearMail } from '../../api/day.ts';
import { Moment } from '../../kit/moment.tsx';
import { Section } from '../../kit/section.tsx';
import { useTexts } from '../../texts/index.ts';
import { RecordLink } from '../records/record-link.tsx';
import { Nothing } from './nothing.tsx';

/** Replies of whom nobody can tell that they belong to their case; the case is where that is decided. */
export function Mails({ mails }: { readonly mails: readonly UnclearMail[] }) {
  const { day } = useTexts();
  return (
    <Section title={day.mails} hint={day.mailsHint}>
      {mails.length === 0 ? (
        <Nothing>{day.mailsNone}</Nothing>
      ) : (
        <div className="entry-list">
          {mails.map((mail) => (
            <div key={mail.id} className="entry-line">
              <IconMailQuestion size={18} color="var(--tone-orange)" aria-hidden className="entry-sign" />
              <div className="entry-words">
                <Text size="sm" fw={600} component="div" className="break">
                  {mail.relatedCaseId === null ? (
                    mail.subject
                  ) : (
                    <RecordLink object="serviceCase" id={mail.relatedCaseId}>
                      {mail.subject}
                    </RecordLink>
                  )}
                </Text>
                <Text size="xs" c="dimmed" component="div" className="break">
                  {mail.fromName === '' ? mail.fromAddress : `${mail.fromName} <${mail.fromAddress}>`}
                  {' · '}
                  <Moment at={mail.at} />
                </Text>
                <Text size="sm" lineClamp={2}>
                  {mail.excerpt}
                </Text>
              </div>
            </div>
          ))}
        </div>
      )}
    </Section>
  );
}
