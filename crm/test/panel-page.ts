import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, FrameLocator, Page } from 'playwright-core';

/** What Twenty gives a front component, and what the component asked of it. */
export interface PanelContext {
  readonly bundle: string;
  readonly token: string;
  /** What Twenty answers when the component asks for another token; absent: the session has ended. */
  readonly freshToken?: string;
  readonly recordIds: readonly string[];
  readonly locale?: string;
  readonly colorScheme?: 'light' | 'dark';
}

export interface PanelPage {
  readonly page: Page;
  readonly panel: FrameLocator;
  /** Where the member went, and what the component had Twenty open or say. */
  readonly visited: () => Promise<unknown[]>;
  readonly close: () => Promise<void>;
}

/**
 * Runs a built component as Twenty does, in a frame that may run scripts and has no origin, less the remote drawing.
 * @param prepare what is to happen to the page before the component starts
 */
export async function openPanel(
  browser: Browser,
  context: PanelContext,
  prepare: (page: Page) => Promise<void> = async () => {},
): Promise<PanelPage> {
  const host = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html').end(HOST_PAGE);
  });
  await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', resolve));
  const page = await browser.newPage({ viewport: { width: 720, height: 900 }, timezoneId: 'Europe/Amsterdam' });
  await page.goto(`http://127.0.0.1:${(host.address() as AddressInfo).port}/`);
  await prepare(page);
  const frame = { ...context, freshToken: context.freshToken ?? null };
  await page.evaluate(`startPanel(${JSON.stringify(JSON.stringify(frame))})`);
  return {
    page,
    panel: page.frameLocator('iframe'),
    visited: () => page.evaluate('visited'),
    close: async () => {
      await page.close();
      await new Promise((resolve) => host.close(resolve));
    },
  };
}

const FRAME_SCRIPT = `
  addEventListener('message', async ({ data }) => {
    const context = JSON.parse(data);
    document.body.style.background = context.colorScheme === 'dark' ? '#171717' : '#ffffff';
    globalThis.process = { env: { TWENTY_APP_ACCESS_TOKEN: context.token, TWENTY_API_URL: 'https://crm.example.com' } };
    globalThis.__twentySdkExecutionContext__ = {
      frontComponentId: 'panel',
      userId: null,
      recordId: null,
      selectedRecordIds: context.recordIds,
      colorScheme: context.colorScheme ?? 'light',
      locale: context.locale ?? 'en',
    };
    globalThis.frontComponentHostCommunicationApi = {
      navigate: async (...target) => parent.postMessage(target, '*'),
      openSidePanelPage: async (page) => parent.postMessage(page, '*'),
      enqueueSnackbar: async (said) => parent.postMessage(said, '*'),
      unmountFrontComponent: async () => {},
      requestAccessTokenRefresh: async () => context.freshToken ?? Promise.reject(new Error('The session has ended')),
    };
    const module = await import(URL.createObjectURL(new Blob([context.bundle], { type: 'text/javascript' })));
    module.default(document.getElementById('root'));
  });
`;

const FRAME = `<!doctype html><body style="margin:0;font-family:sans-serif"><div id="root"></div><script>${FRAME_SCRIPT}</script>`;

const HOST_PAGE = `<!doctype html><body style="margin:0"><script>
  const visited = [];
  addEventListener('message', ({ data }) => visited.push(data));
  const frame = document.createElement('iframe');
  frame.sandbox = 'allow-scripts';
  frame.style.cssText = 'width:700px;height:880px;border:0';
  frame.srcdoc = ${JSON.stringify(FRAME).replaceAll('</', '<\\/')};
  const loaded = new Promise((resolve) => frame.addEventListener('load', resolve));
  document.body.append(frame);
  const startPanel = async (context) => {
    await loaded;
    frame.contentWindow.postMessage(context, '*');
  };
</script>`;
