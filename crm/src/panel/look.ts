import type { CSSProperties } from 'react';

export type Tone = 'gray' | 'green' | 'yellow' | 'orange' | 'red' | 'purple' | 'blue' | 'sky';
export type ColorScheme = 'light' | 'dark';

/**
 * The panel is drawn in Twenty's own page, so it takes the colours of its theme (`--t-*`, as in 2.21); the second value is for
 * a server that has them under other names.
 */
const INK = {
  light: {
    strong: '#333333',
    plain: '#666666',
    faint: '#818181',
    line: '#ebebeb',
    warning: '#cc4e00',
    error: '#cb3430',
  },
  dark: {
    strong: '#ebebeb',
    plain: '#b3b3b3',
    faint: '#8f8f8f',
    line: '#333333',
    warning: '#ff9a57',
    error: '#ff7a75',
  },
} as const;

const TAGS: Readonly<Record<ColorScheme, Readonly<Record<Tone, readonly [text: string, background: string]>>>> = {
  light: {
    gray: ['#646464', '#f0f0f0'],
    green: ['#18794e', '#e6f6eb'],
    orange: ['#bd4b00', '#ffefd6'],
    red: ['#c62a2f', '#feebec'],
    blue: ['#2f55d4', '#edf2fe'],
    sky: ['#00749e', '#e1f6fd'],
    purple: ['#793aaf', '#f7edfe'],
    yellow: ['#946800', '#fffbd1'],
  },
  dark: {
    gray: ['#b4b4b4', '#222222'],
    green: ['#63c174', '#132d21'],
    orange: ['#ffa057', '#331e0b'],
    red: ['#ff9592', '#3b1219'],
    blue: ['#9eb1ff', '#182449'],
    sky: ['#75c7f0', '#112840'],
    purple: ['#d19dff', '#301c3b'],
    yellow: ['#f5e147', '#2d2305'],
  },
};

export interface Look {
  readonly panel: CSSProperties;
  readonly header: CSSProperties;
  readonly heading: CSSProperties;
  readonly section: CSSProperties;
  readonly list: CSSProperties;
  readonly row: CSSProperties;
  readonly main: CSSProperties;
  readonly side: CSSProperties;
  readonly link: CSSProperties;
  readonly faint: CSSProperties;
  readonly late: CSSProperties;
  readonly button: CSSProperties;
  readonly input: CSSProperties;
  readonly alert: CSSProperties;
  readonly tag: (tone: Tone) => CSSProperties;
}

export function lookOf(scheme: ColorScheme): Look {
  const ink = INK[scheme];
  const strong = `var(--t-font-color-primary, ${ink.strong})`;
  const plain = `var(--t-font-color-secondary, ${ink.plain})`;
  const faint = `var(--t-font-color-tertiary, ${ink.faint})`;
  const line = `1px solid var(--t-border-color-light, ${ink.line})`;
  const text = { font: 'inherit', fontSize: '13px', lineHeight: '20px', margin: 0 } as const;
  const bare = { background: 'none', border: 'none', padding: 0, textAlign: 'left', cursor: 'pointer' } as const;
  return {
    panel: { ...text, color: plain, fontFamily: 'var(--t-font-family, Inter, sans-serif)', padding: '12px' },
    header: { display: 'flex', alignItems: 'center', justifyContent: 'space-between', gap: '8px' },
    heading: { ...text, color: strong, fontWeight: 600 },
    section: { marginBottom: '20px' },
    list: { listStyle: 'none', margin: '4px 0 0', padding: 0 },
    row: { borderBottom: line, padding: '8px 0' },
    main: { display: 'flex', alignItems: 'center', gap: '8px', flexWrap: 'wrap' },
    side: { color: faint, fontSize: '12px', lineHeight: '18px' },
    link: { ...text, ...bare, color: strong, fontWeight: 500, textDecoration: 'underline', textUnderlineOffset: '3px' },
    faint: { ...text, color: faint },
    late: { color: ink.error },
    button: { ...text, ...bare, color: plain, border: line, borderRadius: '4px', padding: '2px 8px' },
    input: {
      ...text,
      color: strong,
      background: 'none',
      border: line,
      borderRadius: '4px',
      padding: '2px 8px',
      minWidth: '200px',
    },
    alert: { ...text, color: ink.error, fontWeight: 600 },
    tag: (tone) => {
      const [color, background] = TAGS[scheme][tone];
      const shades = {
        color: `var(--t-tag-text-${tone}, ${color})`,
        background: `var(--t-tag-background-${tone}, ${background})`,
      };
      return { ...shades, borderRadius: '4px', padding: '0 6px', fontSize: '12px', lineHeight: '20px' };
    },
  };
}
