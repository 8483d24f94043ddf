import { useEffect, useState } from 'react';
import { clock } from './words.ts';

/** How long it lasts by now. Who listens to the page is not told every second. */
export function Ticking({ since }: { readonly since: string }) {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return (
    <span aria-hidden className="ticking">
      {clock(now - Date.parse(since))}
    </span>
  );
}
