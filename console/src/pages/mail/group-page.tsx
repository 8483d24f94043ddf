import { IconFolderOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useLocation, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { type FolderMember, type FolderPage, folderQuery } from '../../api/malfunctions.ts';
import { mailboxesQuery } from '../../api/mail.ts';
import { useTenant } from '../../api/session.ts';
import { Empty } from '../../kit/empty.tsx';
import { Loaded } from '../../kit/loaded.tsx';
import { Page } from '../../kit/page.tsx';
import { useTexts } from '../../texts/index.ts';
import { GroupCheck } from './group-check.tsx';
import { GroupForm } from './group-form.tsx';
import { GroupResult } from './group-result.tsx';
import { useDraft } from './use-draft.ts';
import '../records/records.css';
import './mail.css';

const ended = new Set(['RESOLVED', 'CLOSED', 'CANCELLED']);

/** One mail to the contact of each open case of a malfunction: written, checked, followed. */
export function GroupMailPage() {
  const tenant = useTenant();
  const id = useParams({ from: '/$tenant/malfunctions/$id/mail', select: (params) => params.id });
  const query = useQuery(folderQuery(tenant, id));
  return <Loaded query={query}>{(shown) => <Content key={id} shown={shown} />}</Loaded>;
}

function Content({ shown }: { readonly shown: FolderPage }) {
  const { mail } = useTexts();
  const tenant = useTenant();
  const { folder, members } = shown;
  const { request } = useSearch({ from: '/$tenant/malfunctions/$id/mail' });
  const name = [folder.number, folder.title].filter((part) => part !== '').join(' ');
  // Where some of its cases were chosen in Twenty, their ids stand behind the address.
  const chosen = useLocation({ select: ({ hash }) => hash })
    .split(',')
    .filter((one) => one !== '');
  const open = members.filter(
    ({ object, status, id }) =>
      object === 'serviceCase' && !ended.has(status) && (chosen.length === 0 || chosen.includes(id)),
  );
  return (
    <Page
      title={mail.group.title(name)}
      intro={mail.group.intro}
      actions={
        <Link to="/$tenant/malfunctions/$id" params={{ tenant, id: folder.id }} className="record-link">
          {mail.group.toFolder}
        </Link>
      }
    >
      {request === undefined ? (
        <Writing folderId={folder.id} open={open} />
      ) : (
        <GroupResult folderId={folder.id} requestId={request} cases={members} />
      )}
    </Page>
  );
}

interface WritingProps {
  readonly folderId: string;
  readonly open: readonly FolderMember[];
}

function Writing({ folderId, open }: WritingProps) {
  const { mail } = useTexts();
  const tenant = useTenant();
  const navigate = useNavigate();
  const mailboxes = useQuery(mailboxesQuery(tenant));
  const handle = useDraft(folderId);
  const [isChecking, setChecking] = useState(false);
  if (open.length === 0) return <Empty icon={IconFolderOff} title={mail.group.noCases} hint={mail.group.noCasesHint} />;
  return (
    <Loaded query={mailboxes}>
      {(known) => {
        if (known === null) return <Empty icon={IconFolderOff} title={mail.noMail} hint={mail.noMailHint} />;
        if (known.length === 0)
          return <Empty icon={IconFolderOff} title={mail.problems.noMailbox} hint={mail.problems.noMailboxHint} />;
        return isChecking && handle.draft !== undefined ? (
          <GroupCheck
            folderId={folderId}
            cases={open}
            draft={handle.draft}
            onBack={() => setChecking(false)}
            onSent={(requestId) => {
              handle.discard();
              void navigate({
                to: '/$tenant/malfunctions/$id/mail',
                params: { tenant, id: folderId },
                search: { request: requestId },
              });
            }}
          />
        ) : (
          <GroupForm count={open.length} handle={handle} mailboxes={known} onCheck={() => setChecking(true)} />
        );
      }}
    </Loaded>
  );
}
