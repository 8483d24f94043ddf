import { Button } from '@mantine/core';
import { IconMailPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { mailboxesQuery } from '../../api/mail.ts';
import { useSession, useTenant } from '../../api/session.ts';
import { useTexts } from '../../texts/index.ts';

/** From a malfunction to a mail to the contacts of its cases, where the workspace has mail. */
export function GroupMailLink({ folderId }: { readonly folderId: string }) {
  const { mail } = useTexts();
  const tenant = useTenant();
  const { viewing } = useSession();
  const { data: mailboxes } = useQuery(mailboxesQuery(tenant));
  if (mailboxes == null || viewing !== null) return undefined;
  return (
    <Button
      size="xs"
      variant="default"
      leftSection={<IconMailPlus size={15} aria-hidden />}
      renderRoot={(props) => <Link {...props} to="/$tenant/malfunctions/$id/mail" params={{ tenant, id: folderId }} />}
    >
      {mail.group.write}
    </Button>
  );
}
