import { findBrowser, startBrowser } from '@switchboard/testing/browser';
import type { Browser, Page, Request } from 'playwright-core';
import { type Cards, watchCards } from './cards.ts';
import { type BenchPage, pathOf } from './list.ts';

/** Real browsers, one window per agent, in a process of their own: steering them takes time as well. */
export type WindowOrders =
  /** Opens one window per cookie (name=value). Answers `opened`. */
  | { readonly kind: 'open'; readonly console: string; readonly cookies: readonly string[] }
  /** What each page asks the hub for, in the order of the pages: `Asked[][]`. */
  | { readonly kind: 'requests'; readonly pages: readonly BenchPage[] }
  /** The first windows go through all pages, so many times: `Visit[]`. */
  | { readonly kind: 'visit'; readonly pages: readonly BenchPage[]; readonly windows: number; readonly rounds: number }
  /**
   * So many windows stay where they are and note the calls that are shown; the others are closed. Answers `watching`, and to the next order `Cards[]`, one
   * per window.
   */
  | { readonly kind: 'watch'; readonly windows: number }
  | { readonly kind: 'cards' };

export interface Asked {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly body: string | null;
}

export interface Visit {
  readonly page: string;
  /** `address`: as after a reload. `click`: from another page of the console. */
  readonly by: 'address' | 'click';
  readonly ms: number;
}

const PATIENCE_MS = 30_000;

interface Window {
  /** Milliseconds from the navigation until the page can be used: its heading stands there, and nothing is still under way. */
  readonly open: (page: BenchPage, turn: number) => Promise<number>;
  /** The same without loading the console anew, as a link does it. */
  readonly go: (page: BenchPage, turn: number) => Promise<number>;
  readonly requestsOf: (page: BenchPage) => Promise<Asked[]>;
  readonly watch: () => Promise<() => Promise<Cards>>;
  readonly close: () => Promise<void>;
}

async function openWindow(browser: Browser, console: string, cookie: string): Promise<Window> {
  const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 1280, height: 800 } });
  context.setDefaultTimeout(PATIENCE_MS);
  const [name = '', value = ''] = cookie.split('=');
  const { origin } = new URL(console);
  await context.addCookies([{ name, value, url: origin }]);
  const page = await context.newPage();
  const open = async (one: BenchPage, turn: number): Promise<number> => {
    await page.goto(`${console}/${pathOf(one, turn)}`, { waitUntil: 'commit' });
    return await usable(page, { title: one.title, not: undefined });
  };
  return {
    open,
    async go(one, turn) {
      const not = await page.evaluate(() => document.querySelector('h1')?.textContent ?? '');
      const from = await page.evaluate(
        (path) => {
          // As TanStack's router hears of every step of the history.
          history.pushState({}, '', path);
          dispatchEvent(new PopStateEvent('popstate'));
          return performance.now();
        },
        `${new URL(console).pathname}/${pathOf(one, turn)}`,
      );
      return (await usable(page, { title: one.title, not })) - from;
    },
    async requestsOf(one) {
      const asked: Asked[] = [];
      const note = (request: Request) => {
        const { pathname, search } = new URL(request.url());
        // Other files never change and are asked for once a day.
        if (!pathname.startsWith('/console/assets/'))
          asked.push({ method: request.method(), path: `${pathname}${search}`, body: request.postData() });
      };
      page.on('request', note);
      await open(one, 0);
      await page.waitForTimeout(1000);
      page.off('request', note);
      return asked;
    },
    async watch() {
      await page.goto(`${console}/day`);
      await page.locator('aside.dock').waitFor();
      // Until the line to the hub is open.
      await page.waitForLoadState('load');
      await page.waitForTimeout(2000);
      return await watchCards(page);
    },
    close: async () => await context.close(),
  };
}

/** By the clock of the page itself, which begins with the load of the document. */
async function usable(
  page: Page,
  heading: { readonly title: string | undefined; readonly not: string | undefined },
): Promise<number> {
  const isUsable = page.waitForFunction(({ title, not }) => {
    const text = document.querySelector('h1')?.textContent;
    const isThere = title === undefined ? text != null && text !== not : text === title;
    return isThere && document.querySelector('.mantine-Skeleton-root') === null && performance.now();
  }, heading);
  const handle = await isUsable.catch((cause: unknown) => {
    throw new Error(`${page.url()} could not be used in time`, { cause });
  });
  return Number(await handle.jsonValue());
}

/** One page after the other: first all of them by their address, then by links. */
async function visitAll(window: Window, pages: readonly BenchPage[], rounds: number): Promise<Visit[]> {
  const visits: Visit[] = [];
  for (let round = 0; round < rounds; round += 1) {
    for (const page of pages) visits.push({ page: page.name, by: 'address', ms: await window.open(page, round) });
    for (const page of pages) visits.push({ page: page.name, by: 'click', ms: await window.go(page, round) });
  }
  return visits;
}

async function run(): Promise<void> {
  const path = findBrowser();
  if (path === undefined) throw new Error('There is no Chromium on this machine: install it, or set CHROMIUM');
  const browser = await startBrowser(path);
  let windows: Window[] = [];
  let reports: (() => Promise<Cards>)[] = [];

  async function obey(orders: WindowOrders): Promise<unknown> {
    if (orders.kind === 'open') {
      windows = await Promise.all(orders.cookies.map((cookie) => openWindow(browser, orders.console, cookie)));
      return 'opened';
    }
    if (orders.kind === 'requests') {
      const asked: Asked[][] = [];
      for (const page of orders.pages) asked.push(await windows[0]!.requestsOf(page));
      return asked;
    }
    if (orders.kind === 'visit') {
      const { pages, rounds } = orders;
      const chosen = windows.slice(0, orders.windows);
      return (await Promise.all(chosen.map((window) => visitAll(window, pages, rounds)))).flat();
    }
    if (orders.kind === 'watch') {
      for (const spare of windows.splice(orders.windows)) await spare.close();
      reports = await Promise.all(windows.map((window) => window.watch()));
      return 'watching';
    }
    return await Promise.all(reports.map((report) => report()));
  }

  process.on('message', (orders: WindowOrders) => void obey(orders).then((answer) => process.send?.(answer)));
  process.once('disconnect', () => void browser.close().then(() => process.exit()));
  process.send?.('ready');
}

await run();
