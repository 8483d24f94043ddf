import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const axeSource = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** WCAG 2.2 A and AA, and what axe advises beyond it. */
const everything = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** What can be otherwise in dark, and what on a telephone; the rest was looked at already. */
const onlyWhatDiffers = {
  dark: ['color-contrast', 'link-in-text-block'],
  phone: ['target-size', 'heading-order', 'label'],
};

type Violation = { readonly id: string; readonly nodes: { readonly html: string; readonly failureSummary: string }[] };
type Axe = { run: (options: object) => Promise<{ violations: Violation[] }> };

/** What axe finds on the page as it is now; with the place of each, so that a failed test tells what to repair. */
export async function violationsOn(page: Page, differs?: keyof typeof onlyWhatDiffers): Promise<string[]> {
  // Through the debugger: the page's own policy allows no script from elsewhere.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axeSource);
  const runOnly =
    differs === undefined ? { type: 'tag', values: everything } : { type: 'rule', values: onlyWhatDiffers[differs] };
  const found = await page.evaluate(async (options) => await (globalThis as unknown as { axe: Axe }).axe.run(options), {
    runOnly,
    resultTypes: ['violations'],
  });
  return found.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)}\n${failureSummary}`),
  );
}

/** Until the page is there: its heading, no skeleton, every chart drawn. */
export async function opened(page: Page, title: string): Promise<void> {
  await page.getByRole('heading', { level: 1, name: title }).waitFor();
  await settled(page);
}

/** Until nothing on the page is still under way. */
export async function settled(page: Page): Promise<void> {
  await page.waitForFunction(
    () =>
      document.querySelector('.mantine-Skeleton-root, .mantine-Loader-root, div[role="img"]:empty') === null &&
      document.fonts.status === 'loaded' &&
      // Colours on their way from light to dark have no contrast that counts.
      document
        .getAnimations()
        .every(
          ({ playState, effect }) => playState !== 'running' || effect?.getComputedTiming().iterations === Infinity,
        ),
  );
}

/** A tenth is what is called good; here what is drawn stays where it is, but for a scrollbar that comes. */
export const MOST_SHIFT = 0.02;

type Shifting = { shifts: number };

/** From now on every page that is opened in this window notes what jumps while it comes. */
export async function noteShifts(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const noted = globalThis as unknown as Shifting;
    noted.shifts = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as unknown as { value: number; hadRecentInput: boolean }[]) {
        if (!entry.hadRecentInput) noted.shifts += entry.value;
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
}

/** The cumulative layout shift since the page was opened, as browsers count it: parts of the window that moved, times how far. */
export const shiftOf = async (page: Page): Promise<number> =>
  await page.evaluate(() => (globalThis as unknown as Shifting).shifts);

/** Whether the page is wider than its window, so that people have to push it sideways. */
export const isTooWide = async (page: Page): Promise<boolean> =>
  await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
