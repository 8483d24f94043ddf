import { useSearch } from '@tanstack/react-router';
import { Choose } from './choose.tsx';
import { SignedOut } from './signed-out.tsx';
import { TurnedAway } from './turned-away.tsx';

/** Nothing went wrong for these: they are where everybody begins. */
const beginnings: readonly string[] = ['signed-out'];

/** Whoever is not signed in comes here, with the reason where there is one. */
export function SignInPage() {
  const { problem, workspace, to, out } = useSearch({ from: '/sign-in' });
  if (out === true) return <SignedOut workspace={workspace} />;
  if (problem !== undefined && !beginnings.includes(problem)) {
    return <TurnedAway problem={problem} workspace={workspace} to={to} />;
  }
  return <Choose preferred={workspace} to={to} />;
}
