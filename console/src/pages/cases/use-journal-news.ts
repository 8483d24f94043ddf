import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { journalKey } from '../../api/journal.ts';
import { openFeed } from '../../api/live.ts';
import { useSession, useTenant } from '../../api/session.ts';

/** Asks anew for the journal of a record when something is written into it. */
export function useJournalNews(object: 'serviceCase' | 'malfunction', id: string): void {
  const tenant = useTenant();
  const { member } = useSession();
  const queries = useQueryClient();
  useEffect(() => {
    const feed = openFeed<{ journal: { readonly sequence: number } }>({
      tenant,
      memberId: member.id,
      topics: ['journal'],
      onChange: (changes) => {
        if (changes.some(({ key }) => key === `${object}/${id}`))
          void queries.invalidateQueries({ queryKey: journalKey(tenant, id) });
      },
    });
    return () => void feed.close();
  }, [tenant, member.id, object, id, queries]);
}
