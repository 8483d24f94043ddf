import { useCallback, useMemo } from 'react';
import type { WorkStatus } from '../../api/types.ts';
import { useSpeech } from '../../texts/index.ts';
import { Chart, type Palette } from './chart.tsx';

const HOURS = 24;
const HOUR_MS = 3_600_000;

/** Deliveries by hour, what failed on top. */
export function HourlyChart({ hours }: { readonly hours: WorkStatus['hours'] }) {
  const { texts, language } = useSpeech();
  const { operations, deliveries } = texts;
  const bars = useMemo(() => toBars(hours), [hours]);
  const draw = useCallback(
    ({ text, grid, main, bad }: Palette) => {
      const clock = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
      const series = { type: 'bar', stack: 'all', barMaxWidth: 22 } as const;
      return {
        animation: false,
        grid: { left: 34, right: 6, top: 12, bottom: 22 },
        tooltip: { trigger: 'axis', renderMode: 'richText', axisPointer: { type: 'shadow' } },
        xAxis: {
          type: 'category',
          data: bars.map(({ at }) => clock.format(at)),
          axisLabel: { color: text, interval: 3 },
          axisLine: { lineStyle: { color: grid } },
          axisTick: { show: false },
        },
        yAxis: { type: 'value', minInterval: 1, axisLabel: { color: text }, splitLine: { lineStyle: { color: grid } } },
        series: [
          { ...series, name: deliveries.results.done, data: bars.map(({ well }) => well), itemStyle: { color: main } },
          {
            ...series,
            name: deliveries.results.failed,
            data: bars.map(({ failed }) => failed),
            itemStyle: { color: bad, borderRadius: [3, 3, 0, 0] },
          },
        ],
      };
    },
    [bars, language, deliveries],
  );
  const sum = bars.reduce(
    (total, { well, failed }) => ({ all: total.all + well + failed, failed: total.failed + failed }),
    { all: 0, failed: 0 },
  );
  return <Chart label={operations.trafficLabel(sum.all, sum.failed)} draw={draw} />;
}

/** One bar for each of the last 24 hours, whatever happened in it. */
function toBars(hours: WorkStatus['hours']) {
  const present = Math.floor(Date.now() / HOUR_MS) * HOUR_MS;
  return Array.from({ length: HOURS }, (_, index) => {
    const at = present - (HOURS - 1 - index) * HOUR_MS;
    const own = hours.filter(({ hour }) => Math.floor(Date.parse(hour) / HOUR_MS) * HOUR_MS === at);
    const failed = own.reduce((sum, one) => sum + one.failed, 0);
    const all = own.reduce((sum, one) => sum + one.count, 0);
    return { at, failed, well: all - failed };
  });
}
