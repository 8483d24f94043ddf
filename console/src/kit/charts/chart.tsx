import { useComputedColorScheme } from '@mantine/core';
import type { EChartsCoreOption, EChartsType } from 'echarts/core';
import { useEffect, useRef } from 'react';

/** Colours that are told apart on both grounds, also by people who see no red and green. */
export interface Palette {
  readonly text: string;
  readonly grid: string;
  readonly main: string;
  readonly bad: string;
  readonly limit: string;
}

const palettes: Readonly<Record<'light' | 'dark', Palette>> = {
  light: { text: '#5c6570', grid: '#e9ecef', main: '#4762e0', bad: '#e03131', limit: '#a3490a' },
  dark: { text: '#a3abb3', grid: '#373a40', main: '#8c9eeb', bad: '#ff8787', limit: '#ffa94d' },
};

interface ChartProps {
  /** What it shows, in a sentence: all that a screen reader gets. */
  readonly label: string;
  readonly height?: number;
  readonly draw: (palette: Palette) => EChartsCoreOption;
}

/** A chart. ECharts is loaded with the first one, so that no page without charts waits for it. */
export function Chart({ label, height = 180, draw }: ChartProps) {
  const scheme = useComputedColorScheme('light');
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let chart: EChartsType | undefined;
    let isGone = false;
    const resize = () => chart?.resize();
    void import('./engine.ts').then(({ startChart }) => {
      if (isGone || place.current === null) return;
      chart = startChart(place.current);
      chart.setOption(draw(palettes[scheme]));
      window.addEventListener('resize', resize);
    });
    return () => {
      isGone = true;
      window.removeEventListener('resize', resize);
      chart?.dispose();
    };
  }, [scheme, draw]);
  return <div ref={place} role="img" aria-label={label} style={{ height }} />;
}
