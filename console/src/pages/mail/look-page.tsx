import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { IconMailCheck, IconMailOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { decideLost, type Look, type LostMail, lookQuery, settleMail, type UnclearMail } from '../../api/mail-work.ts';
import type { Named } from '../../api/desk.ts';
import { useTenant } from '../../api/session.ts';
import { PickRecord } from '../../desk/pick-record.tsx';
import { Empty } from '../../kit/empty.tsx';
import { Loaded } from '../../kit/loaded.tsx';
import { Moment } from '../../kit/moment.tsx';
import { Page } from '../../kit/page.tsx';
import { Section } from '../../kit/section.tsx';
import { useDeed } from '../../kit/use-deed.ts';
import { VerdictNote } from '../../kit/verdict-note.tsx';
import { useTexts } from '../../texts/index.ts';
import { RecordLink } from '../records/record-link.tsx';
import { OneMail } from './one-mail.tsx';
import { SenderBadge } from './sender-proof.tsx';
import { Recipients } from './sent-table.tsx';
import { MailViews } from './views.tsx';

/** Mails that wait for a person: whose they are, and whether they arrived. */
export function LookPage() {
  const { mail } = useTexts();
  const query = useQuery(lookQuery(useTenant()));
  const [settled, setSettled] = useState<Settled>();
  return (
    <Page title={mail.look.title} intro={mail.look.intro}>
      <MailViews />
      {settled !== undefined && <Said settled={settled} />}
      <Loaded query={query}>{(look) => <Lists look={look} onSettled={setSettled} />}</Loaded>
    </Page>
  );
}

function Said({ settled: { text, caseId } }: { readonly settled: Settled }) {
  const { mail } = useTexts();
  return (
    <VerdictNote verdict="ok" title={text} icon={<IconMailCheck aria-hidden />}>
      {caseId !== null && (
        <RecordLink object="serviceCase" id={caseId}>
          {mail.look.toCase}
        </RecordLink>
      )}
    </VerdictNote>
  );
}

interface ListsProps {
  readonly look: Look | null;
  readonly onSettled: (settled: Settled) => void;
}

function Lists({ look, onSettled }: ListsProps) {
  const { mail } = useTexts();
  if (look === null) return <Empty icon={IconMailOff} title={mail.noMail} hint={mail.noMailHint} />;
  const { unverified, lost, mayFile } = look;
  if (unverified.length + lost.length === 0)
    return <Empty icon={IconMailCheck} title={mail.look.none} hint={mail.look.noneHint} />;
  return (
    <>
      {unverified.length > 0 && (
        <Section title={mail.look.unverified} hint={mail.look.unverifiedHint}>
          <ul className="mail-thread">
            {unverified.map((one) => (
              <li key={one.id} className="mail-item">
                <Unclear one={one} mayFile={mayFile} onSettled={onSettled} />
              </li>
            ))}
          </ul>
        </Section>
      )}
      {lost.length > 0 && (
        <Section title={mail.look.lost} hint={mail.look.lostHint}>
          <ul className="mail-thread">
            {lost.map((one) => (
              <li key={one.id} className="mail-item">
                <Lost one={one} />
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  );
}

/** What was decided a moment ago; the line itself is gone by then. */
interface Settled {
  readonly text: string;
  readonly caseId: string | null;
}

interface UnclearProps {
  readonly one: UnclearMail;
  readonly mayFile: boolean;
  readonly onSettled: (settled: Settled) => void;
}

function Unclear({ one, mayFile, onSettled }: UnclearProps) {
  const { mail } = useTexts();
  const [isOpen, setOpen] = useState(false);
  const { id, subject, fromName, fromAddress, at, excerpt, why, relatedCase } = one;
  return (
    <Stack gap={6}>
      <Text size="sm" fw={600} component="h3" className="break">
        {subject}
      </Text>
      <Text size="xs" c="dimmed" component="div" className="break">
        {fromName === '' ? fromAddress : `${fromName} <${fromAddress}>`} · <Moment at={at} />
      </Text>
      {relatedCase !== null && (
        <Text size="sm" component="div">
          {mail.look.asksFor}{' '}
          <RecordLink object="serviceCase" id={relatedCase.id}>
            {[relatedCase.number, relatedCase.subject].filter((part) => part !== '').join(' ')}
          </RecordLink>
        </Text>
      )}
      <Text size="sm" className="mail-warning">
        {why}
      </Text>
      {!isOpen && <SenderBadge proof={one.proof} />}
      {isOpen ? (
        <OneMail id={id} kind="received" />
      ) : (
        <Text size="sm" lineClamp={3}>
          {excerpt}
        </Text>
      )}
      <Group gap="xs">
        <Button size="compact-sm" variant="subtle" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? mail.close : mail.open}
        </Button>
        <Decisions one={one} mayFile={mayFile} onSettled={onSettled} />
      </Group>
      {!mayFile && (
        <Text size="sm" c="dimmed">
          {mail.look.mayNot}
        </Text>
      )}
    </Stack>
  );
}

function Decisions({ one: { id, subject, relatedCase }, mayFile, onSettled }: UnclearProps) {
  const { mail } = useTexts();
  const tenant = useTenant();
  const [isPicking, setPicking] = useState(false);
  const settle = useDeed({
    act: async (wanted: { readonly decision: 'belongs' | 'new-case' | 'reject'; readonly caseId?: string }) => {
      const { caseId } = await settleMail(tenant, { messageId: id, ...wanted });
      return { decision: wanted.decision, caseId };
    },
    touches: ['mail-look', 'case-mail', 'case'],
    onDone: ({ decision, caseId }) => {
      setPicking(false);
      const message = { belongs: mail.look.filed, 'new-case': mail.look.opened, reject: mail.look.dismissed }[decision];
      onSettled({ text: message, caseId });
    },
  });
  const button = (deed: string, act: () => void, isMain = false) => (
    <Button
      size="compact-sm"
      variant={isMain ? 'filled' : 'default'}
      loading={settle.isPending}
      onClick={act}
      aria-label={mail.look.label(deed, subject)}
    >
      {deed}
    </Button>
  );
  return (
    <>
      {mayFile &&
        relatedCase !== null &&
        button(mail.look.belongs, () => settle.mutate({ decision: 'belongs', caseId: relatedCase.id }), true)}
      {mayFile && button(mail.look.other, () => setPicking(true))}
      {mayFile && button(mail.look.newCase, () => settle.mutate({ decision: 'new-case' }))}
      {button(mail.look.dismiss, () => settle.mutate({ decision: 'reject' }))}
      {isPicking && (
        <PickDialog
          isBusy={settle.isPending}
          onPick={(caseId) => settle.mutate({ decision: 'belongs', caseId })}
          onClose={() => setPicking(false)}
        />
      )}
    </>
  );
}

interface PickDialogProps {
  readonly isBusy: boolean;
  readonly onPick: (caseId: string) => void;
  readonly onClose: () => void;
}

function PickDialog({ isBusy, onPick, onClose }: PickDialogProps) {
  const { mail, common } = useTexts();
  const [picked, setPicked] = useState<Named | null>(null);
  return (
    <Modal opened onClose={onClose} title={mail.look.pickTitle} closeButtonProps={{ 'aria-label': common.close }}>
      <Stack gap="md">
        <PickRecord object="serviceCase" label={mail.look.pick} value={picked} onPick={setPicked} isFirst />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {common.cancel}
          </Button>
          <Button loading={isBusy} disabled={picked === null} onClick={() => picked !== null && onPick(picked.id)}>
            {mail.look.file}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function Lost({ one }: { readonly one: LostMail }) {
  const { mail } = useTexts();
  const tenant = useTenant();
  const decide = useDeed({
    act: async (decision: 'arrived' | 'send-again') => {
      await decideLost(tenant, one.id, decision);
      return decision;
    },
    done: (decision) => (decision === 'arrived' ? mail.look.arrivedDone : mail.look.sendAgainDone),
    touches: ['mail-look', 'case-mail', 'mail-sent'],
  });
  const button = (deed: string, decision: 'arrived' | 'send-again') => (
    <Button
      size="compact-sm"
      variant="default"
      loading={decide.isPending}
      onClick={() => decide.mutate(decision)}
      aria-label={mail.look.label(deed, one.subject)}
    >
      {deed}
    </Button>
  );
  return (
    <Stack gap={6}>
      <Text size="sm" fw={600} component="h3" className="break">
        {one.subject}
      </Text>
      <Text size="xs" c="dimmed" component="div">
        {mail.by(one.authorName)} · <Moment at={one.createdAt} />
      </Text>
      <Recipients one={one} />
      <Group gap="xs">
        {button(mail.look.arrived, 'arrived')}
        {button(mail.look.sendAgain, 'send-again')}
      </Group>
    </Stack>
  );
}
