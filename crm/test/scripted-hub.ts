import type { Page, Route } from 'playwright-core';

export type Asked = { readonly path: string; readonly body: unknown };
type Reply = { readonly status?: number; readonly body?: unknown; readonly bytes?: Buffer };
/** Answers by `POST /phone/call`: the path of a door without its query. */
export type Script = Readonly<Record<string, (asked: Asked) => Reply>>;

const headers = {
  'access-control-allow-origin': 'null',
  'access-control-allow-headers': 'authorization, content-type',
  'access-control-expose-headers': 'retry-after',
};

/** A hub that answers by script, where what matters is what the member sees and sends. @returns what was asked, as it comes */
export async function answerBy(page: Page, record: object, script: Script): Promise<readonly Asked[]> {
  const asked: Asked[] = [];
  await page.route('**/panel/v1/records/**', async (route) => await reply(route, { body: record }));
  await page.route('**/panel/v1/plugins/**', async (route) => {
    const request = route.request();
    if (request.method() === 'OPTIONS') return await route.fulfill({ status: 204, headers });
    const path = new URL(request.url()).pathname.replace(/^\/panel\/v1\/plugins\/[^/]+/, '');
    const one = { path: `${request.method()} ${path}`, body: request.postDataJSON() as unknown };
    asked.push(one);
    await reply(route, script[one.path]?.(one) ?? { status: 404, body: { error: { message: 'Nothing there' } } });
  });
  return asked;
}

async function reply(route: Route, { status = 200, body, bytes }: Reply): Promise<void> {
  if (bytes !== undefined)
    await route.fulfill({ status, headers: { ...headers, 'content-type': 'audio/wav' }, body: bytes });
  else await route.fulfill({ status, headers: { ...headers, 'retry-after': '1' }, json: body ?? {} });
}
