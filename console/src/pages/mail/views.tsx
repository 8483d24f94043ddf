import { Link } from '@tanstack/react-router';
import { useMay, useTenant } from '../../api/session.ts';
import { useTexts } from '../../texts/index.ts';
import '../records/records.css';
import './mail.css';

const views = [
  { name: 'sent', to: '/$tenant/mail/sent' },
  { name: 'look', to: '/$tenant/mail/look' },
  { name: 'templates', to: '/$tenant/mail/templates' },
] as const;

/** From one page of mail to the others. */
export function MailViews() {
  const { mail } = useTexts();
  const tenant = useTenant();
  const may = useMay();
  return (
    <nav aria-label={mail.viewsLabel} className="mail-views">
      {views
        .filter(({ name }) => name !== 'templates' || may('plugins.manage'))
        .map(({ name, to }) => (
          <Link key={name} to={to} params={{ tenant }} className="record-link" activeProps={{ 'aria-current': 'page' }}>
            {mail.views[name]}
          </Link>
        ))}
    </nav>
  );
}
