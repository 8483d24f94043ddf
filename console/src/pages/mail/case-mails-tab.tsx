import { Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { caseMailQuery } from '../../api/desk.ts';
import { mailboxesQuery } from '../../api/mail.ts';
import { useTenant } from '../../api/session.ts';
import { useTexts } from '../../texts/index.ts';

/** To the mails of a case, with their number; nothing where the workspace has no mail. */
export function CaseMailsTab({ caseId }: { readonly caseId: string }) {
  const { mail } = useTexts();
  const tenant = useTenant();
  const mailboxes = useQuery(mailboxesQuery(tenant));
  const thread = useQuery(caseMailQuery(tenant, caseId));
  if (mailboxes.data == null) return undefined;
  return <Tabs.Tab value="mails">{`${mail.section} (${thread.data?.mails.length ?? 0})`}</Tabs.Tab>;
}
