import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

/** A folder; without it no pictures are taken. */
const folder = process.env['SCREENSHOTS'];

export const takesPictures = folder !== undefined;

export type Window = 'laptop' | 'phone';

export const windows = { laptop: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } } as const;
/** What is below is cut off: nobody looks at a picture of four screens. */
const TALLEST = { laptop: 1500, phone: 1700 } as const;
const QUALITY = 82;

/** Keeps what the window shows, longer pages up to two windows of it. */
export async function keepPicture(page: Page, name: string, window: Window): Promise<void> {
  if (folder === undefined) return;
  const { width, height } = windows[window];
  const needed = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width, height: Math.min(Math.max(height, needed), TALLEST[window]) });
  await stageAddresses(page);
  await page.evaluate(drawn);
  // Playwright itself writes PNG and JPEG, which are three times as large.
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: QUALITY });
  await session.detach();
  await page.setViewportSize({ width, height });
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, `${name}.webp`), Buffer.from(data, 'base64'));
}

/** Two frames and the end of what fades from one colour to another. */
async function drawn(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 250));
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
}

/** The hub of the test and its Twenty are at ports of this machine; on a picture they have the addresses that they would have. */
async function stageAddresses(page: Page): Promise<void> {
  await page.evaluate((own) => {
    const staged = (text: string) =>
      text
        .replaceAll(own, 'https://switchboard.example.com')
        .replaceAll(/http:\/\/127\.0\.0\.1:\d+/g, 'https://crm.example.com');
    for (const input of document.querySelectorAll('input')) {
      if (input.value.includes('127.0.0.1')) input.value = staged(input.value);
    }
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode() !== null) {
      const { currentNode: node } = walker;
      if (node.nodeValue?.includes('127.0.0.1') === true) node.nodeValue = staged(node.nodeValue);
    }
  }, new URL(page.url()).origin);
}
