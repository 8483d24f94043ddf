import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useRouterState } from '@tanstack/react-router';
import { IconLock } from '@tabler/icons-react';
import { type ReactNode, useEffect, useEffectEvent, useRef } from 'react';
import { followedSessionQuery, useMay, useSession, useTenant } from '../api/session.ts';
import { Empty } from '../kit/empty.tsx';
import { useTexts } from '../texts/index.ts';
import { permissionOf } from './navigation.ts';
import { signedOutSearch } from './signed-out.ts';

/** The open page, as far as the role of its member allows it now: rights change while it is open. */
export function KeptToRights({ children }: { readonly children: ReactNode }) {
  const { common } = useTexts();
  const may = useMay();
  const page = useRouterState({ select: ({ matches }) => matches.at(-1)?.fullPath ?? '' });
  useEndOfSession();
  useNewRights();
  const needed = permissionOf(page);
  if (needed === undefined || may(needed)) return children;
  return <Empty icon={IconLock} title={common.problem.notAllowed} hint={common.problem.notAllowedRemedy} isPage />;
}

/** Who is signed out elsewhere, or is no member any more, sees nothing of the workspace from then on. */
function useEndOfSession(): void {
  const tenant = useTenant();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const here = useRouterState({ select: ({ location }) => location.publicHref });
  const { error } = useQuery(followedSessionQuery(tenant));
  const search = signedOutSearch(error, tenant, here);
  const leave = useEffectEvent(async () => {
    if (search === undefined) return;
    await navigate({ to: '/sign-in', search, replace: true });
    queries.clear();
  });
  const isOver = search !== undefined;
  useEffect(() => {
    if (isOver) void leave();
  }, [isOver]);
}

/** What was read with other rights is read again: some of it may be refused now, and some may be more. */
function useNewRights(): void {
  const queries = useQueryClient();
  const { role, permissions } = useSession();
  const rights = [role.id, ...permissions.toSorted()].join(' ');
  const before = useRef(rights);
  useEffect(() => {
    if (before.current === rights) return;
    before.current = rights;
    queries.removeQueries({ type: 'inactive' });
    void queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' });
  }, [rights, queries]);
}
