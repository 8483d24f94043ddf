import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

/** A calm indigo; the seventh shade on white, and the third on black, have a contrast above 4.5. */
const brand: MantineColorsTuple = [
  '#eef1fd',
  '#dbe1f9',
  '#b5c1f2',
  '#8c9eeb',
  '#697fe5',
  '#536ce1',
  '#4762e0',
  '#3651c7',
  '#2d48b3',
  '#203d9e',
];

export const theme = createTheme({
  primaryColor: 'brand',
  primaryShade: { light: 7, dark: 7 },
  colors: { brand },
  fontFamily: 'Inter, ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif',
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    // They are drawn as `<header>`, which outside of a section is a landmark: the page has one of these already.
    ModalHeader: { defaultProps: { role: 'presentation' } },
    DrawerHeader: { defaultProps: { role: 'presentation' } },
  },
});

/** Where Mantine's own greys have too little contrast for small text: 4.5 is needed. */
export const contrast: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#5c6570',
    '--mantine-color-placeholder': '#666e78',
    '--mantine-color-error': '#c92a2a',
  },
  dark: {
    '--mantine-color-anchor': '#a3b2f0',
    '--mantine-color-dimmed': '#a3abb3',
    '--mantine-color-placeholder': '#9aa2aa',
    '--mantine-color-error': '#ff8787',
  },
});
