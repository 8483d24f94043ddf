import { IconArrowBackUp } from '@tabler/icons-react';
import { undoMail } from '../../api/mail.ts';
import { useTenant } from '../../api/session.ts';
import { ActionButton } from '../../kit/action-button.tsx';
import { useDeed } from '../../kit/use-deed.ts';
import { useTexts } from '../../texts/index.ts';

/** Takes one mail back while it waits. */
export function Unsend({ requestId, mailId }: { readonly requestId: string; readonly mailId: string }) {
  const { mail } = useTexts();
  const tenant = useTenant();
  const undo = useDeed({
    act: async () => await undoMail(tenant, requestId, mailId),
    done: ({ undone }) => (undone.length > 0 ? mail.unsent : mail.sent.tooLate),
    touches: ['case-mail', 'mail-sent', 'mail-request'],
  });
  return (
    <ActionButton icon={IconArrowBackUp} isBusy={undo.isPending} onAct={() => undo.mutate(undefined)}>
      {mail.unsend}
    </ActionButton>
  );
}
