import { Text } from '@mantine/core';
import { IconMailQuestion } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { UnclearMail } from '../../api/day.ts';
import { useTenant } from '../../api/session.ts';
import { Moment } from '../../kit/moment.tsx';
import { Section } from '../../kit/section.tsx';
import { useTexts } from '../../texts/index.ts';
import { RecordLink } from '../records/record-link.tsx';
import { Nothing } from './nothing.tsx';

/** Replies of whom nobody can tell that they belong to their case; the page of mail that needs a look is where that is decided. */
export function Mails({ mails }: { readonly mails: readonly UnclearMail[] }) {
  const { day, mail } = useTexts();
  const tenant = useTenant();
  return (
    <Section
      title={day.mails}
      hint={day.mailsHint}
      actions={
        mails.length > 0 && (
          <Link to="/$tenant/mail/look" params={{ tenant }} className="record-link">
            {mail.look.all}
          </Link>
        )
      }
    >
      {mails.length === 0 ? (
        <Nothing>{day.mailsNone}</Nothing>
      ) : (
        <div className="entry-list">
          {mails.map((one) => (
            <div key={one.id} className="entry-line">
              <IconMailQuestion size={18} color="var(--tone-orange)" aria-hidden className="entry-sign" />
              <div className="entry-words">
                <Text size="sm" fw={600} component="div" className="break">
                  {one.relatedCaseId === null ? (
                    one.subject
                  ) : (
                    <RecordLink object="serviceCase" id={one.relatedCaseId}>
                      {one.subject}
                    </RecordLink>
                  )}
                </Text>
                <Text size="xs" c="dimmed" component="div" className="break">
                  {one.fromName === '' ? one.fromAddress : `${one.fromName} <${one.fromAddress}>`}
                  {' · '}
                  <Moment at={one.at} />
                </Text>
                <Text size="sm" lineClamp={2}>
                  {one.excerpt}
                </Text>
              </div>
            </div>
          ))}
        </div>
      )}
    </Section>
  );
}
