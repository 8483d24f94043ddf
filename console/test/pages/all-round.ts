import type { Page } from 'playwright-core';
import { isTooWide, settled, violationsOn } from './look.ts';
import { keepPicture, windows } from './picture.ts';

/** What axe found, and whether the page has to be pushed sideways on a telephone. */
export interface Findings {
  readonly light: readonly string[];
  readonly dark: readonly string[];
  readonly phone: readonly string[];
  readonly wide: boolean;
}

export const nothingFound: Findings = { light: [], dark: [], phone: [], wide: false };

/** Looks at the page as it is now: on a laptop in light and dark, and on a telephone. Leaves the window as it should have been: a laptop's, in light. */
export async function lookAllRound(page: Page, name: string): Promise<Findings> {
  await settled(page);
  const light = await violationsOn(page);
  await keepPicture(page, `${name}-laptop-light`, 'laptop');
  await turn(page, 'dark');
  const dark = await violationsOn(page, 'dark');
  await keepPicture(page, `${name}-laptop-dark`, 'laptop');
  await page.setViewportSize(windows.phone);
  await settled(page);
  const phone = await violationsOn(page, 'phone');
  const wide = await isTooWide(page);
  await keepPicture(page, `${name}-phone-dark`, 'phone');
  await turn(page, 'light');
  await keepPicture(page, `${name}-phone-light`, 'phone');
  await page.setViewportSize(windows.laptop);
  await settled(page);
  return { light, dark, phone, wide };
}

async function turn(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme });
  // Until the page has heard of it: before that it looks settled, in the old colours.
  await page.waitForFunction(
    (scheme) => document.documentElement.dataset['mantineColorScheme'] === scheme,
    colorScheme,
  );
  await settled(page);
}
