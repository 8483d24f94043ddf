import { Button, Group, Progress, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import type { FolderMember } from '../../api/malfunctions.ts';
import { requestQuery, type SentMail, tryMailAgain, undoMail } from '../../api/mail.ts';
import { useTenant } from '../../api/session.ts';
import { Loaded } from '../../kit/loaded.tsx';
import { Section } from '../../kit/section.tsx';
import { useDeed } from '../../kit/use-deed.ts';
import { useTexts } from '../../texts/index.ts';
import { RecordLink } from '../records/record-link.tsx';
import { caseName } from './group-check.tsx';
import { SendingBadge } from './sending-badge.tsx';
import { stateOf } from './sending-state.ts';
import { Recipients } from './sent-table.tsx';

interface GroupResultProps {
  readonly folderId: string;
  readonly requestId: string;
  readonly cases: readonly FolderMember[];
}

/** What becomes of each mail, as it happens; its address shows the same after a reload. */
export function GroupResult({ folderId, requestId, cases }: GroupResultProps) {
  const { mail } = useTexts();
  const query = useQuery(requestQuery(useTenant(), requestId));
  return (
    <Section title={mail.group.result}>
      <Loaded query={query}>
        {(mails) => <Mails mails={mails} requestId={requestId} cases={cases} folderId={folderId} />}
      </Loaded>
    </Section>
  );
}

const settled = new Set(['sent', 'partly', 'failed', 'bounced', 'undone']);

function Mails({ mails, requestId, cases, folderId }: GroupResultProps & { readonly mails: readonly SentMail[] }) {
  const { mail } = useTexts();
  const tenant = useTenant();
  const states = mails.map((one) => stateOf(one, Date.now()));
  const done = states.filter((state) => settled.has(state)).length;
  const failed = mails.filter(({ recipients }) =>
    recipients.some(({ state, bouncedAt }) => state === 'failed' && bouncedAt === null),
  ).length;
  return (
    <Stack gap="md">
      <div>
        <Text size="sm" role="status">
          {mail.group.progress(done, mails.length)}
        </Text>
        <Progress
          value={mails.length === 0 ? 0 : (done / mails.length) * 100}
          aria-label={mail.group.progress(done, mails.length)}
          mt={6}
        />
      </div>
      <Group gap="xs">
        <TakeBack mails={mails} />
        {failed > 0 && <TryAgain requestId={requestId} count={failed} />}
        <Button
          size="xs"
          variant="subtle"
          renderRoot={(props) => (
            <Link {...props} to="/$tenant/malfunctions/$id/mail" params={{ tenant, id: folderId }} search={{}} />
          )}
        >
          {mail.group.another}
        </Button>
      </Group>
      <ul className="entry-list">
        {mails.map((one) => (
          <li key={one.id} className="entry-line">
            <div className="entry-words">
              <Text size="sm" fw={600} component="div" className="break">
                <RecordLink object="serviceCase" id={one.caseId ?? ''}>
                  {caseName(cases.find(({ id }) => id === one.caseId)) || one.case?.number || one.subject}
                </RecordLink>
              </Text>
              <Recipients one={one} />
              {one.waitsForMailbox && (
                <Text size="sm" className="mail-warning">
                  {mail.mailboxHint}
                </Text>
              )}
            </div>
            <SendingBadge sending={one} />
          </li>
        ))}
      </ul>
    </Stack>
  );
}

function TakeBack({ mails }: { readonly mails: readonly SentMail[] }) {
  const { mail } = useTexts();
  const tenant = useTenant();
  const waiting = mails.filter(({ state }) => state === 'waiting');
  const seconds = useSecondsUntil(waiting.map(({ goesAt }) => goesAt));
  const undo = useDeed({
    act: async () => {
      let count = 0;
      for (const requestId of new Set(waiting.map((one) => one.requestId)))
        count += (await undoMail(tenant, requestId)).undone.length;
      return count;
    },
    done: (count) => mail.group.undone(count),
    touches: ['mail-request', 'case-mail', 'mail-sent'],
  });
  if (waiting.length === 0) return undefined;
  return (
    <>
      {seconds > 0 && <Text size="sm">{mail.group.waiting(seconds)}</Text>}
      <Button size="xs" variant="default" loading={undo.isPending} onClick={() => undo.mutate(undefined)}>
        {mail.group.undo}
      </Button>
    </>
  );
}

const TICK_MS = 500;

function useSecondsUntil(moments: readonly string[]): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  const first = Math.min(...moments.map((at) => Date.parse(at)));
  return Number.isFinite(first) ? Math.max(0, Math.ceil((first - now) / 1000)) : 0;
}

function TryAgain({ requestId, count }: { readonly requestId: string; readonly count: number }) {
  const { mail } = useTexts();
  const tenant = useTenant();
  const again = useDeed({
    act: async () => await tryMailAgain(tenant, requestId),
    done: ({ mails }) => mail.group.againDone(mails),
    touches: ['mail-request', 'case-mail', 'mail-sent'],
  });
  return (
    <Button size="xs" variant="default" loading={again.isPending} onClick={() => again.mutate(undefined)}>
      {mail.group.again(count)}
    </Button>
  );
}
