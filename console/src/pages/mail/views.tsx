import { Link } from '@tanstack/react-router';
import { useMay, useTenant } from '../../api/session.ts';
import { useTexts } from '../../texts/index.ts';
import { UnattendedMailboxes } from './unattended.tsx';
import '../records/records.css';
import './mail.css';

const views = [
  { name: 'sent', to: '/$tenant/mail/sent', needs: undefined },
  { name: 'look', to: '/$tenant/mail/look', needs: undefined },
  { name: 'aside', to: '/$tenant/mail/aside', needs: undefined },
  { name: 'templates', to: '/$tenant/mail/templates', needs: 'plugins.manage' },
  { name: 'mailboxes', to: '/$tenant/mail/mailboxes', needs: 'plugins.manage' },
] as const;

/** From one page of mail to the others, and what all of them say: which mailboxes wait for the member. */
export function MailViews() {
  const { mail } = useTexts();
  const tenant = useTenant();
  const may = useMay();
  return (
    <>
      <nav aria-label={mail.viewsLabel} className="mail-views">
        {views
          .filter(({ needs }) => needs === undefined || may(needs))
          .map(({ name, to }) => (
            <Link
              key={name}
              to={to}
              params={{ tenant }}
              className="record-link"
              activeProps={{ 'aria-current': 'page' }}
            >
              {mail.views[name]}
            </Link>
          ))}
      </nav>
      <UnattendedMailboxes />
    </>
  );
}
