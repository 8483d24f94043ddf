import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { openFeed } from '../../api/live.ts';
import { useSession, useTenant } from '../../api/session.ts';
import { transcriptsKey } from '../../api/transcripts.ts';
import { useTexts } from '../../texts/index.ts';

type Change = {
  readonly callId: string;
  readonly at: string;
  readonly clash?: { readonly number: number; readonly by: string };
};

/** Asks anew while a text is being made, and when somebody corrects it; tells when somebody else wants the same line. */
export function useCallNews(callId: string): void {
  const tenant = useTenant();
  const { member } = useSession();
  const queries = useQueryClient();
  const { said } = useTexts();
  useEffect(() => {
    const opened = new Date().toISOString();
    const feed = openFeed<{ 'transcript-changes': Change }>({
      tenant,
      memberId: member.id,
      topics: ['transcript-changes'],
      onChange: (changes) => {
        const own = changes.map(({ data }) => data as Change | undefined).filter((data) => data?.callId === callId);
        if (own.length > 0) void queries.invalidateQueries({ queryKey: transcriptsKey(tenant, callId) });
        for (const change of own) {
          if (change?.clash !== undefined && change.at > opened)
            notifications.show({ message: said.clash(change.clash.by), color: 'orange', autoClose: 10_000 });
        }
      },
    });
    return () => void feed.close();
  }, [tenant, member.id, callId, queries, said]);
}
