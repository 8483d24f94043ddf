import { IconMailPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { caseMailQuery } from '../../api/desk.ts';
import { aboutQuery, mailboxesQuery, type WholeMail } from '../../api/mail.ts';
import { useSession, useTenant } from '../../api/session.ts';
import { ActionButton } from '../../kit/action-button.tsx';
import { Lines, Loaded } from '../../kit/loaded.tsx';
import { Section } from '../../kit/section.tsx';
import { VerdictNote } from '../../kit/verdict-note.tsx';
import { useSpeech } from '../../texts/index.ts';
import { emptyDraft, forward, replyTo } from './draft.ts';
import { type Answer, Thread } from './thread.tsx';
import { UndoBar } from './undo-bar.tsx';
import { useDraft } from './use-draft.ts';
import { moment } from './words.ts';
import '../records/records.css';
import './mail.css';

const Composer = lazy(async () => ({ default: (await import('./composer.tsx')).Composer }));

/** The mails of a case, and writing one. Nothing where the workspace has no mail. */
export function CaseMails({ caseId }: { readonly caseId: string }) {
  const { texts, language } = useSpeech();
  const { mail } = texts;
  const tenant = useTenant();
  const { viewing } = useSession();
  const mailboxes = useQuery(mailboxesQuery(tenant)).data;
  const thread = useQuery(caseMailQuery(tenant, caseId));
  const handle = useDraft(caseId);
  const { draft, sent, begin, isGone, takeBack } = handle;
  const about = useQuery({ ...aboutQuery(tenant, caseId), enabled: draft !== undefined });
  const canWrite = mailboxes !== undefined && mailboxes !== null && viewing === null;
  if (mailboxes == null) return undefined;
  const onAnswer = (answered: WholeMail, how: Answer) => {
    const blank = emptyDraft(crypto.randomUUID());
    const own = new Set(mailboxes.map((one) => one.address.toLowerCase()));
    if (how !== 'forward') return begin(replyTo(blank, { mail: answered, own }, how === 'reply' ? 'one' : 'all'));
    const words = { begin: mail.forward, from: mail.from, date: mail.columns.at, subject: mail.subject, to: mail.to };
    const at = answered.kind === 'sent' ? answered.createdAt : answered.at;
    return begin(forward(blank, answered, words, moment(at, language)));
  };
  return (
    <Section
      title={mail.section}
      hint={mail.sectionHint}
      actions={
        canWrite &&
        draft === undefined && (
          <ActionButton icon={IconMailPlus} isBusy={false} isMain onAct={() => begin({})}>
            {mail.write}
          </ActionButton>
        )
      }
    >
      {sent !== undefined && <UndoBar sent={sent} onUndone={takeBack} onGone={isGone} />}
      {draft !== undefined && mailboxes.length === 0 && (
        <VerdictNote verdict="warning" title={mail.problems.noMailbox} icon={undefined}>
          {mail.problems.noMailboxHint}
        </VerdictNote>
      )}
      {draft !== undefined && canWrite && mailboxes.length > 0 && (
        <Loaded query={about} skeleton={<Lines count={5} />}>
          {(known) => (
            <Suspense fallback={<Lines count={5} />}>
              <Composer
                about={known}
                draft={draft}
                handle={handle}
                mailboxes={mailboxes}
                onSent={({ requestId, goesAt }) => handle.wasSent(requestId, goesAt)}
              />
            </Suspense>
          )}
        </Loaded>
      )}
      <Loaded query={thread} skeleton={<Lines count={2} />}>
        {({ mails }) => <Thread mails={mails} onAnswer={canWrite ? onAnswer : undefined} />}
      </Loaded>
    </Section>
  );
}
