import type { LiveState } from '@switchboard/core/live-client';
import { useEffect, useRef, useState } from 'react';
import { useTexts } from '../texts/index.ts';

interface AnnouncerProps {
  readonly ringing: string | undefined;
  readonly line: LiveState['kind'];
}

/** Tells who listens to the page what changed: who calls, once, and that the line was lost and is back. */
export function Announcer({ ringing, line }: AnnouncerProps) {
  const { desk } = useTexts();
  const [news, setNews] = useState('');
  const wasLost = useRef(false);
  useEffect(() => {
    if (ringing !== undefined) setNews(ringing);
  }, [ringing]);
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
