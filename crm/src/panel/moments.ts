import type { Texts } from './texts/index.ts';

/** Writes times and durations in the member's language and the browser's time zone. */
export interface Moments {
  /** `today 14:05`, `yesterday 09:30`, else the date with its time. */
  readonly moment: (iso: string) => string;
  /** `14:05:09`. */
  readonly clock: (iso: string) => string;
  /** `4:07`, `1:02:09`. */
  readonly duration: (seconds: number) => string;
}

const DAY_MS = 24 * 60 * 60_000;

export function momentsFor(locale: string, texts: Texts, now: Date): Moments {
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' });
  const time = new Intl.DateTimeFormat(locale, { timeStyle: 'short' });
  const exact = new Intl.DateTimeFormat(locale, { timeStyle: 'medium' });
  const near = new Map([
    [day.format(now.getTime() - DAY_MS), texts.yesterday],
    [day.format(now), texts.today],
  ]);
  return {
    moment: (iso) => {
      const at = new Date(iso);
      const date = day.format(at);
      return `${near.get(date) ?? date} ${time.format(at)}`;
    },
    clock: (iso) => exact.format(new Date(iso)),
    duration: (seconds) => {
      const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
      const parts = hours > 0 ? [hours, twoDigits(minutes)] : [minutes];
      return [...parts, twoDigits(rest)].join(':');
    },
  };
}

const twoDigits = (number: number): string => String(Math.floor(number)).padStart(2, '0');
