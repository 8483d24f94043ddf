import { useSpeech } from '../texts/index.ts';
import type { Times } from '../texts/times.ts';

const steps: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
];
/** Beyond it, a date says more than a number of days. */
const longestSeconds = 7 * 86_400;

/** "5 minutes ago", with the exact time for whoever hovers or listens. */
export function Moment({ at }: { readonly at: string }) {
  const { times } = useSpeech();
  const date = new Date(at);
  return (
    <time dateTime={at} title={times.exact.format(date)}>
      {relative(date, times)}
    </time>
  );
}

function relative(date: Date, times: Times): string {
  const seconds = (date.getTime() - Date.now()) / 1000;
  if (Math.abs(seconds) > longestSeconds) return times.day.format(date);
  const [unit, size] = steps.find(([, length]) => Math.abs(seconds) >= length) ?? ['second', 1];
  return times.relative.format(Math.round(seconds / size), unit);
}

/** "2 hours": the largest unit that fits. */
export function duration(seconds: number, language: string): string {
  const [unit, size] = steps.find(([, length]) => seconds >= length) ?? ['second', 1];
  const format = new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' });
  return format.format(Math.round(seconds / size));
}
