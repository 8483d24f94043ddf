import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { openFeed } from '../../api/live.ts';
import { useSession, useTenant } from '../../api/session.ts';

/** Asks anew for what the page shows when somebody changes a folder, here or in Twenty. */
export function useFolderNews(folderId?: string): void {
  const tenant = useTenant();
  const { member } = useSession();
  const queries = useQueryClient();
  useEffect(() => {
    const feed = openFeed<{ 'malfunction-changes': { at: string } }>({
      tenant,
      memberId: member.id,
      topics: ['malfunction-changes'],
      onChange: (changes) => {
        if (folderId === undefined) void queries.invalidateQueries({ queryKey: ['malfunctions', tenant] });
        else if (changes.some(({ key }) => key === folderId)) {
          void queries.invalidateQueries({ queryKey: ['malfunction', tenant, folderId] });
        }
      },
    });
    return () => void feed.close();
  }, [tenant, member.id, folderId, queries]);
}
