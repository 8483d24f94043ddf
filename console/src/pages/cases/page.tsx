import { Alert, Anchor, Tabs, Text } from '@mantine/core';
import { IconExternalLink, IconTrash, IconUsers } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useLocation, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { caseQuery, type ShownCase } from '../../api/desk.ts';
import { Problem } from '../../api/client.ts';
import { useSession, useTenant } from '../../api/session.ts';
import { useDesk } from '../../desk/desk-context.tsx';
import { Empty } from '../../kit/empty.tsx';
import { Loaded } from '../../kit/loaded.tsx';
import { Page } from '../../kit/page.tsx';
import { Section } from '../../kit/section.tsx';
import { useTexts } from '../../texts/index.ts';
import { SuggestedFolders } from '../malfunctions/suggested-folders.tsx';
import { CaseMailsTab } from '../mail/case-mails-tab.tsx';
import { CaseMails } from '../mail/case-mails.tsx';
import { isWritingAbout } from '../mail/keeping.ts';
import { Calls } from './calls.tsx';
import { Facts } from './facts.tsx';
import { Handling } from './handling.tsx';
import { Journal } from './journal.tsx';
import { NewNote } from './new-note.tsx';
import { Relations } from './relations.tsx';
import { useCaseWork } from './use-case-work.ts';
import { WhatNext } from './what-next.tsx';
import '../../desk/desk.css';
import './cases.css';

/** One case: what it is, what happened, who works on it, and what to do next. */
export function CasePage() {
  const tenant = useTenant();
  const id = useParams({ strict: false, select: (params) => (params as { id?: string }).id ?? '' });
  const query = useQuery({ ...caseQuery(tenant, id), retry: (tries, error) => tries < 3 && isOnItsWay(error) });
  const { cases } = useTexts();
  // What was read stays on the page, so that nobody loses what they were typing.
  if (query.data === undefined && query.error instanceof Problem && query.error.status === 404) {
    return <Empty icon={IconTrash} title={query.error.message} hint={query.error.remedy ?? cases.goneHint} isPage />;
  }
  const isGone = query.error instanceof Problem && query.error.status === 404;
  return <Loaded query={query}>{(shown) => <Shown key={id} shown={shown} isGone={isGone} />}</Loaded>;
}

/** A case that was opened in this moment may take a blink. */
const isOnItsWay = (error: unknown) => !(error instanceof Problem) || error.status >= 500 || error.status === 0;

function Shown({ shown, isGone }: { readonly shown: ShownCase; readonly isGone: boolean }) {
  const { cases, caseWork, journal } = useTexts();
  const tenant = useTenant();
  const { tenant: workspace, member } = useSession();
  // Twenty leads here to write a mail, as `#mails`.
  const isForMails = useLocation({ select: ({ hash }) => hash === 'mails' });
  const isWriting = isForMails || isWritingAbout(tenant, member.id, shown.caseId);
  const [isEditing, setEditing] = useState(false);
  const { caseId, fields, isEditable } = shown;
  // The keys belong to the call then.
  const isOnCall = Object.keys(useDesk()?.calls ?? {}).length > 0;
  const { others } = useCaseWork(caseId, isEditing);
  const number = String(fields['number'] ?? '');
  const subject = String(fields['subject'] ?? '') || cases.noSubject;
  const names = (list: readonly { name: string }[]) => list.map(({ name }) => name).join(', ');
  const link = workspace.crmUrl === undefined ? undefined : `${workspace.crmUrl}/object/serviceCase/${caseId}`;
  return (
    <Page
      title={[number, subject].filter((part) => part !== '').join(' ')}
      actions={
        link !== undefined && (
          <Anchor href={link} size="sm" target="_blank" rel="noreferrer">
            {cases.inTwenty} <IconExternalLink size={14} aria-hidden />
          </Anchor>
        )
      }
    >
      {isGone && (
        <Alert color="red" title={cases.gone} icon={<IconTrash aria-hidden />} className="note" role="alert">
          {cases.goneHint}
        </Alert>
      )}
      {others.length > 0 && (
        <Alert color="blue" p="sm" icon={<IconUsers aria-hidden />} role="status">
          <Text size="sm">{cases.alsoHere(names(others), names(others.filter((one) => one.isEditing)))}</Text>
        </Alert>
      )}
      {!isEditable && (
        <Text size="sm" c="dimmed">
          {cases.readOnly}
        </Text>
      )}
      <div className="case-columns">
        <Tabs defaultValue={isWriting ? 'mails' : 'handling'} keepMounted={false}>
          <Tabs.List mb="md">
            <Tabs.Tab value="handling">{journal.tab}</Tabs.Tab>
            <CaseMailsTab caseId={caseId} />
            <Tabs.Tab value="calls">{`${journal.calls} (${shown.calls.length})`}</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="handling" className="case-panel">
            <WhatNext caseId={caseId} />
            <Handling shown={shown} onEditing={setEditing} />
            {isEditable && <NewNote caseId={caseId} onEditing={setEditing} />}
            <Journal of={{ object: 'serviceCase', id: caseId }} />
          </Tabs.Panel>
          <Tabs.Panel value="mails" className="case-panel">
            <CaseMails caseId={caseId} />
          </Tabs.Panel>
          <Tabs.Panel value="calls" className="case-panel">
            <Calls shown={shown} />
          </Tabs.Panel>
        </Tabs>
        <div className="case-side">
          <Facts shown={shown} />
          <Section title={caseWork.folders.title} isTitleHidden>
            <SuggestedFolders
              member={{ object: 'serviceCase', id: caseId }}
              mayChange={isEditable}
              hasKeys={!isOnCall}
            />
          </Section>
          <Relations shown={shown} />
        </div>
      </div>
    </Page>
  );
}
