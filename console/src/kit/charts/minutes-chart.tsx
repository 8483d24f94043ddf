import { useCallback } from 'react';
import { useSpeech } from '../../texts/index.ts';
import { Chart, type Palette } from './chart.tsx';

interface MinutesChartProps {
  readonly label: string;
  /** By minute, the present one last. */
  readonly counts: readonly number[];
  /** What is allowed in a minute; undefined where nothing limits it. */
  readonly limit: number | undefined;
}

/** How much of an allowance was used, minute by minute. */
export function MinutesChart({ label, counts, limit }: MinutesChartProps) {
  const { language } = useSpeech();
  const key = counts.join(' ');
  const draw = useCallback(
    ({ text, grid, main, limit: limitColor }: Palette) => {
      const numbers = key.split(' ').map(Number);
      const minutes = new Intl.RelativeTimeFormat(language, { style: 'narrow', numeric: 'auto' });
      return {
        animation: false,
        grid: { left: 34, right: 8, top: 14, bottom: 22 },
        tooltip: { trigger: 'axis', renderMode: 'richText' },
        xAxis: {
          type: 'category',
          data: numbers.map((_, index) => minutes.format(index - numbers.length + 1, 'minute')),
          axisLabel: { color: text, interval: 9, showMaxLabel: true },
          axisLine: { lineStyle: { color: grid } },
          axisTick: { show: false },
        },
        yAxis: {
          type: 'value',
          minInterval: 1,
          ...(limit === undefined ? {} : { max: limit }),
          axisLabel: { color: text },
          splitLine: { lineStyle: { color: grid } },
        },
        series: [
          {
            type: 'bar',
            data: numbers,
            itemStyle: { color: main, borderRadius: [2, 2, 0, 0] },
            ...(limit === undefined
              ? {}
              : {
                  markLine: {
                    silent: true,
                    symbol: 'none',
                    label: { show: false },
                    lineStyle: { color: limitColor, type: 'dashed' },
                    data: [{ yAxis: limit }],
                  },
                }),
          },
        ],
      };
    },
    [key, limit, language],
  );
  return <Chart label={label} draw={draw} height={140} />;
}
