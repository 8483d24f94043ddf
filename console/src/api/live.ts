import { type LiveClient, type LiveClientOptions, openShared } from '@switchboard/core/live-client';
import { address } from './client.ts';

interface FeedOptions<Topics extends object> extends Pick<
  LiveClientOptions<Topics>,
  'topics' | 'onChange' | 'onState'
> {
  readonly tenant: string;
  /** Who follows: another member in the same browser shares nothing with this one. */
  readonly memberId: string;
}

/** Follows topics of a workspace, over the one line that all tabs of this browser have together. */
export function openFeed<Topics extends object>({
  tenant,
  memberId,
  ...rest
}: FeedOptions<Topics>): LiveClient<Topics> {
  return openShared<Topics>({
    ...rest,
    name: `switchboard.live.${tenant}.${memberId}`,
    url: new URL(address('/tenants/{tenant}/live', { tenant }), location.href).href,
  });
}
