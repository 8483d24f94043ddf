import type { Clock } from '../contract/context.ts';

const windowMs = 60_000;

/** Counts passages per key and minute. @returns for a key: 0 to pass, or the milliseconds to wait */
export function createTurnstile(perMinute: number, clock: Clock): (key: string) => number {
  const windows = new Map<string, { readonly endsAt: number; passed: number }>();
  return (key) => {
    const now = clock.now();
    const current = windows.get(key);
    if (current === undefined || current.endsAt <= now) {
      windows.set(key, { endsAt: now + windowMs, passed: 1 });
      return 0;
    }
    if (current.passed >= perMinute) return current.endsAt - now;
    current.passed += 1;
    return 0;
  };
}
