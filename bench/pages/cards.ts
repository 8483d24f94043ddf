import type { Page } from 'playwright-core';

/** When each call stood on the screen, by its number; milliseconds since the epoch, with fractions. */
export type Cards = readonly (readonly [number: string, at: number])[];

interface Watching {
  shown: Map<string, number>;
}

/**
 * From now on the page notes when the card of a call has been drawn, and puts away those that are over, as an agent does.
 *
 * @returns asks for what was noted
 */
export async function watchCards(page: Page): Promise<() => Promise<Cards>> {
  await page.evaluate(() => {
    const { shown } = Object.assign(globalThis, { shown: new Map<string, number>() } satisfies Watching);
    const look = () => {
      for (const card of document.querySelectorAll('article.call-card')) {
        const [number] = /\+44\d{10}/.exec((card.textContent ?? '').replaceAll(' ', '')) ?? [];
        if (number === undefined || shown.has(number)) continue;
        shown.set(number, Number.POSITIVE_INFINITY);
        // The frame after the next begins when the card is on the screen.
        requestAnimationFrame(() =>
          requestAnimationFrame(() => shown.set(number, performance.timeOrigin + performance.now())),
        );
      }
      document.querySelector<HTMLButtonElement>('article.call-card button[aria-label="Put away"]')?.click();
    };
    new MutationObserver(look).observe(document.body, { childList: true, subtree: true, characterData: true });
  });
  return async () => await page.evaluate(() => [...(globalThis as unknown as Watching).shown]);
}
