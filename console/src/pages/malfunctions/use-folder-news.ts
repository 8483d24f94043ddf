import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { openFeed } from '../../api/live.ts';
import { useSession, useTenant } from '../../api/session.ts';

/** What the page of one folder asks for: a colleague may have put in what it suggests, or ended what a preview is open of. */
const onPage = ['malfunction', 'malfunction-candidates', 'malfunction-preview'];

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
          for (const shown of onPage) void queries.invalidateQueries({ queryKey: [shown, tenant, folderId] });
        }
      },
    });
    return () => void feed.close();
  }, [tenant, member.id, folderId, queries]);
}
