import { openLive } from '@switchboard/core/live-client';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { address } from '../../api/client.ts';
import { useTenant } from '../../api/session.ts';

/** Asks anew for what the page shows when somebody changes a folder, here or in Twenty. */
export function useFolderNews(folderId?: string): void {
  const tenant = useTenant();
  const queries = useQueryClient();
  useEffect(() => {
    const feed = openLive<{ 'malfunction-changes': { at: string } }>({
      url: new URL(address('/tenants/{tenant}/live', { tenant }), location.href).href,
      topics: ['malfunction-changes'],
      onChange: (changes) => {
        if (folderId === undefined) void queries.invalidateQueries({ queryKey: ['malfunctions', tenant] });
        else if (changes.some(({ key }) => key === folderId)) {
          void queries.invalidateQueries({ queryKey: ['malfunction', tenant, folderId] });
        }
      },
    });
    return () => void feed.close();
  }, [tenant, folderId, queries]);
}
