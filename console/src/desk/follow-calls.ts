import { type LiveState, openLive } from '@switchboard/core/live-client';
import { address } from '../api/client.ts';
import type { CallCard } from '../api/desk.ts';
import { follow, type KeptCalls } from './kept.ts';

/** How often calls that were left over are looked at for their age. */
const TIDY_MS = 60_000;
/** The first answer comes right behind the connection; where no call goes on, nothing is told. */
const ANSWER_MS = 1500;

interface Following {
  readonly tenant: string;
  readonly memberId: string;
  readonly onCalls: (next: (known: KeptCalls) => KeptCalls) => void;
  readonly onLine: (kind: LiveState['kind']) => void;
}

/** Holds a line to the hub for as long as it is not closed. */
export function followCalls({ tenant, memberId, onCalls, onLine }: Following): { readonly close: () => void } {
  let isLive = false;
  const feed = openLive<{ calls: CallCard }>({
    url: new URL(address('/tenants/{tenant}/live', { tenant }), location.href).href,
    topics: ['calls'],
    onChange: take,
    onState: ({ kind }) => {
      isLive = kind === 'live';
      onLine(kind);
      if (isLive) setTimeout(look, ANSWER_MS);
    },
  });
  function take() {
    const live = feed.items('calls');
    const at = { memberId, now: Date.now(), newId: () => crypto.randomUUID() };
    onCalls((known) => follow(known, live, at));
  }
  function look() {
    // While the line is lost, nobody can tell whether a call is over.
    if (isLive) take();
  }
  const tidy = setInterval(look, TIDY_MS);
  return {
    close() {
      clearInterval(tidy);
      isLive = false;
      void feed.close();
    },
  };
}
