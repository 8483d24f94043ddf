import { useSpeech } from '../../texts/index.ts';
import type { Week } from './weeks.ts';

/** One square per week, darker the more there was. */
export function HeatStrip({ weeks }: { readonly weeks: readonly Week[] }) {
  const { texts, language } = useSpeech();
  const { malfunctions } = texts;
  const date = new Intl.DateTimeFormat(language, { dateStyle: 'medium' });
  const month = new Intl.DateTimeFormat(language, { month: 'short' });
  const all = weeks.reduce((sum, { count }) => sum + count, 0);
  const label = malfunctions.weeksLabel(all, weeks.filter(({ count }) => count > 0).length);
  return (
    <div className="heat" role="img" aria-label={label}>
      {weeks.map(({ start, count }) => (
        <span
          key={start.getTime()}
          className="heat-week"
          data-heat={heatOf(count)}
          title={malfunctions.weekOf(date.format(start), count)}
        />
      ))}
      {weeks.map(({ start }, index) => (
        <span key={start.getTime()} className="heat-month">
          {isFirstOfMonth(weeks, index) ? month.format(start) : ''}
        </span>
      ))}
    </div>
  );
}

/** 0 to 4: more than four in a week are no darker. */
const heatOf = (count: number): number => Math.min(count, 4);

/** Each second month is named, so that names do not touch. */
function isFirstOfMonth(weeks: readonly Week[], index: number): boolean {
  const [own, before] = [weeks[index], weeks[index - 1]].map((week) => week?.start.getMonth());
  return own !== undefined && before !== undefined && own !== before && own % 2 === 0;
}
