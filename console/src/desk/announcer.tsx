import type { LiveState } from '@switchboard/core/live-client';
import { useEffect, useRef, useState } from 'react';
import { useTexts } from '../texts/index.ts';

interface AnnouncerProps {
  readonly ringing: string | undefined;
  /** What is announced to who is on the phone; undefined while nobody is. */
  readonly announced: string | undefined;
  readonly line: LiveState['kind'];
}

/** Tells who listens to the page what changed: who calls, once, what is announced during the call, and that the line was lost and is back. */
export function Announcer({ ringing, announced, line }: AnnouncerProps) {
  const { desk } = useTexts();
  const [news, setNews] = useState('');
  const wasLost = useRef(false);
  useEffect(() => {
    if (ringing !== undefined) setNews(ringing);
  }, [ringing]);
  const before = useRef(announced);
  useEffect(() => {
    // What was announced before the call stands in its card, which is read out as well.
    if (before.current !== undefined && before.current !== announced && announced) setNews(announced);
    before.current = announced;
  }, [announced]);
  useEffect(() => {
    if (line === 'waiting' && !wasLost.current) {
      wasLost.current = true;
      setNews(desk.line.lost);
    }
    if (line === 'live' && wasLost.current) {
      wasLost.current = false;
      setNews(desk.line.back);
    }
  }, [line, desk]);
  return (
    <div className="visually-hidden" aria-live="polite">
      {news}
    </div>
  );
}
