import { findBrowser, startBrowser } from '@switchboard/testing/browser';
import type { Browser, Page } from 'playwright-core';
import { TENANT } from '../pop/stage.ts';
import type { BenchPage } from './list.ts';

/** Where people look at the console: a real browser, one window per agent. */
export interface Windows {
  /** @param cookie name and value of the session */
  readonly open: (cookie: string) => Promise<Window>;
  readonly close: () => Promise<void>;
}

export interface Window {
  /** @returns milliseconds from the click on a link to the page until it can be used: its heading stands there, and nothing is still under way */
  readonly visit: (page: BenchPage) => Promise<number>;
  /** What the page asks the hub for, in the order in which it does. */
  readonly requestsOf: (page: BenchPage) => Promise<string[]>;
}

const PATIENCE_MS = 30_000;

export async function openWindows(hub: string): Promise<Windows> {
  const path = findBrowser();
  if (path === undefined) throw new Error('There is no Chromium on this machine: install it, or set CHROMIUM');
  const browser = await startBrowser(path);
  return {
    open: async (cookie) => await openWindow(browser, hub, cookie),
    close: async () => await browser.close(),
  };
}

async function openWindow(browser: Browser, hub: string, cookie: string): Promise<Window> {
  const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 1280, height: 800 } });
  context.setDefaultTimeout(PATIENCE_MS);
  const [name = '', value = ''] = cookie.split('=');
  await context.addCookies([{ name, value, url: hub }]);
  const page = await context.newPage();
  const visit = async ({ path, title }: BenchPage): Promise<number> => {
    await page.goto(`${hub}/console/${TENANT}/${path}`, { waitUntil: 'commit' });
    return await usableAfter(page, title);
  };
  return {
    visit,
    async requestsOf(one) {
      const asked: string[] = [];
      const note = (request: { url: () => string }) => asked.push(request.url());
      page.on('request', note);
      await visit(one);
      await page.waitForLoadState('networkidle');
      page.off('request', note);
      return asked.map((url) => url.slice(hub.length)).filter((path) => path.startsWith('/console/v1/'));
    },
  };
}

/** By the clock of the page itself, which begins with the navigation. */
async function usableAfter(page: Page, title: string): Promise<number> {
  const handle = await page.waitForFunction(
    (heading) =>
      document.querySelector('h1')?.textContent === heading &&
      document.querySelector('.mantine-Skeleton-root') === null &&
      performance.now(),
    title,
  );
  return Number(await handle.jsonValue());
}
