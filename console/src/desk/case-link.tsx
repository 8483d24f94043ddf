import { Link } from '@tanstack/react-router';
import { useTenant } from '../api/session.ts';
import './desk.css';

export function CaseLink({ id, children }: { readonly id: string; readonly children: string }) {
  const tenant = useTenant();
  return (
    <Link to="/$tenant/cases/$id" params={{ tenant, id }} className="case-link">
      {children}
    </Link>
  );
}
