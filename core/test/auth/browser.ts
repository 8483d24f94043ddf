import { parseCookie, parseSetCookie } from 'cookie';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly location: string | undefined;
  readonly text: string;
  readonly json: () => unknown;
}

export interface Ask {
  readonly method?: string;
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A browser: keeps cookies per origin, tells where requests come from, and goes where people click. */
export interface Browser {
  /** By a page of the hub. */
  readonly ask: (path: string, ask?: Ask) => Promise<Answer>;
  /** As the address bar and links do; follows nothing. */
  readonly go: (url: string, headers?: Readonly<Record<string, string>>) => Promise<Answer>;
  readonly cookies: Map<string, string>;
  /** What the last answers asked to keep, as they were sent. */
  readonly setCookies: string[];
}

export function openBrowser(hubUrl: string, userAgent = 'Test browser'): Browser {
  const cookies = new Map<string, string>();
  const setCookies: string[] = [];

  async function send(url: string, init: RequestInit, extra: Readonly<Record<string, string>>): Promise<Answer> {
    const isHub = url.startsWith(hubUrl);
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, {
      ...init,
      redirect: 'manual',
      headers: { 'user-agent': userAgent, ...(isHub && cookie !== '' ? { cookie } : {}), ...extra },
    });
    for (const line of isHub ? response.headers.getSetCookie() : []) {
      setCookies.push(line);
      const { name, value = '', maxAge } = parseSetCookie(line);
      if (maxAge === 0) cookies.delete(name);
      else cookies.set(name, parseCookie(`${name}=${value}`)[name] ?? value);
    }
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      location: response.headers.get('location') ?? undefined,
      text,
      json: () => JSON.parse(text) as unknown,
    };
  }

  return {
    cookies,
    setCookies,
    ask: async (path, { method = 'GET', body, headers = {} } = {}) =>
      await send(
        `${hubUrl}${path}`,
        { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) },
        {
          'sec-fetch-site': 'same-origin',
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
      ),
    go: async (url, headers = {}) =>
      await send(
        url,
        {},
        { accept: 'text/html', 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', ...headers },
      ),
  };
}

export interface Login {
  readonly email: string;
  readonly password: string;
  /** The current six digits, for a member with a second factor. */
  readonly otp?: () => Promise<string>;
}

/** Fills in the forms of Twenty's pages, up to the address that it sends the browser back to. */
export async function authorizeAtTwenty(
  location: string,
  { email, password, otp }: Login,
  answer = 'allow',
): Promise<string> {
  const { origin, searchParams } = new URL(location);
  const post = async (fields: Record<string, string>) =>
    await fetch(`${origin}/authorize`, { method: 'POST', redirect: 'manual', body: new URLSearchParams(fields) });
  let fields: Record<string, string> = Object.fromEntries(searchParams);
  let page = await (await post({ ...fields, email, password })).text();
  fields = { ...fields, ...hiddenOf(page) };
  if (page.includes('name="otp"')) {
    page = await (await post({ ...fields, otp: (await otp?.()) ?? '' })).text();
    fields = { ...fields, ...hiddenOf(page) };
  }
  const back = await post({ ...fields, answer });
  const to = back.headers.get('location');
  if (to === null) throw new Error(`Twenty does not send the browser back: ${page}`);
  return to;
}

function hiddenOf(page: string): Record<string, string> {
  const inputs = page.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)">/g);
  return Object.fromEntries([...inputs].map(([, name = '', value = '']) => [name, value.replaceAll('&amp;', '&')]));
}
