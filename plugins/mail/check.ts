import type { CheckLine } from '@switchboard/core/contract';
import type { Context } from './services.ts';

/** How each mailbox stands. */
export async function check({ services }: Context): Promise<CheckLine[]> {
  const mailboxes = await services.mailboxes.list();
  if (mailboxes.length > 0) return mailboxes.map(({ address }) => ({ name: address, state: 'ok', detail: 'Known.' }));
  return [
    {
      name: 'Mailboxes',
      state: 'warning',
      detail: 'There is no mailbox yet: no mail is read and none can be sent.',
      remedy: 'Add the mailbox of the desk.',
    },
  ];
}
