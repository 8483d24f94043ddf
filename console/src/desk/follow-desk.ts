import type { LiveState } from '@switchboard/core/live-client';
import type { CallCard } from '../api/desk.ts';
import { openFeed } from '../api/live.ts';
import { follow, type KeptCalls } from './kept.ts';
import type { Major } from './majors.ts';

const MAJORS = 'major-malfunctions';

/** How often calls that were left over are looked at for their age. */
const TIDY_MS = 60_000;
/** The first answer comes right behind the connection; where no call goes on, nothing is told. */
const ANSWER_MS = 1500;
/** What is told of a day is in the copy of the CRM a moment later. */
const COPIED_MS = 4000;

interface Following {
  readonly tenant: string;
  readonly memberId: string;
  /** Whether there are calls to follow beside the day. */
  readonly hasCalls: boolean;
  readonly onCalls: (next: (known: KeptCalls) => KeptCalls) => void;
  /** The day of this member is to be asked for again. */
  readonly onDay: () => void;
  /** Malfunctions that everybody on the phone has to know of, as they are now. */
  readonly onMajors: (majors: ReadonlyMap<string, Major>) => void;
  readonly onLine: (kind: LiveState['kind']) => void;
}

/** Holds a line to the hub for as long as it is not closed. */
export function followDesk(following: Following): { readonly close: () => void } {
  const { tenant, memberId, hasCalls, onCalls, onDay, onMajors, onLine } = following;
  let isLive = false;
  let wasLost = false;
  let dayTimer: ReturnType<typeof setTimeout> | undefined;
  const feed = openFeed<{ calls: CallCard; day: { readonly at: string }; [MAJORS]: Major }>({
    tenant,
    memberId,
    topics: hasCalls ? ['calls', 'day', MAJORS] : ['day'],
    onChange(changes) {
      if (changes.some(({ topic }) => topic === 'calls')) take();
      if (changes.some(({ topic }) => topic === MAJORS)) onMajors(new Map(feed.items(MAJORS)));
      if (changes.some(({ topic, data }) => topic === 'day' && data !== undefined)) askForDay();
    },
    onState({ kind }) {
      isLive = kind === 'live';
      onLine(kind);
      wasLost ||= kind === 'waiting';
      if (!isLive) return;
      if (hasCalls) setTimeout(look, ANSWER_MS);
      if (wasLost) onDay();
      wasLost = false;
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
  function askForDay() {
    onDay();
    clearTimeout(dayTimer);
    dayTimer = setTimeout(onDay, COPIED_MS);
  }
  const tidy = hasCalls ? setInterval(look, TIDY_MS) : undefined;
  return {
    close() {
      clearInterval(tidy);
      clearTimeout(dayTimer);
      isLive = false;
      void feed.close();
    },
  };
}
