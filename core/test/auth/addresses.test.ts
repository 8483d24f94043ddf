import { describe, expect, test } from '@jest/globals';
import type { Request, Response } from 'express';
import { signInLine } from '../../auth/check.ts';
import { createCookies } from '../../http/console/cookies.ts';

/** What the hub asks a browser to keep, under an address. */
function kept(
  publicUrl: string,
  write: (cookies: ReturnType<typeof createCookies>, response: Response) => void,
): string {
  const lines: string[] = [];
  const response = { append: (_name: string, line: string) => lines.push(line) };
  write(createCookies(publicUrl, 16), response as unknown as Response);
  return lines.join('\n');
}

describe('with https', () => {
  const url = 'https://hub.example.com';

  test('no other host and no plain-http page can plant a session, and other sites never send it', () => {
    expect(kept(url, (cookies, response) => cookies.setSession(response, 'acme-nl', 'key'))).toBe(
      '__Host-switchboard-session-acme-nl=key; Max-Age=57600; Path=/; HttpOnly; Secure; SameSite=Strict',
    );
    expect(kept(url, (cookies, response) => cookies.setOperator(response, 'key'))).toMatch(
      /^__Host-switchboard-operator=key; .*HttpOnly; Secure; SameSite=Strict$/,
    );
  });

  test("Twenty's answer finds what was kept for it, for as long as a sign-in may take", () => {
    expect(kept(url, (cookies, response) => cookies.keepVerifier(response, 'state', 'verifier'))).toMatch(
      /^__Host-switchboard-flow-[0-9a-f]{16}=verifier; Max-Age=600; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    );
  });

  test('a name without the prefix is not taken for it', () => {
    const request = { headers: { cookie: 'switchboard-session-acme=planted' } } as Request;
    expect(createCookies(url, 16).session(request, 'acme')).toBeUndefined();
  });
});

test('workspaces of this browser are remembered, the last one first, and nonsense is left out', () => {
  const cookies = createCookies('https://hub.example.com', 16);
  const holding = (value: string) => ({ headers: { cookie: `__Host-switchboard-workspaces=${value}` } }) as Request;
  expect(cookies.known(holding('acme.globex'))).toEqual(['acme', 'globex']);
  expect(cookies.known(holding('acme.<script>.'))).toEqual(['acme']);
  const line = kept('https://hub.example.com', (one, response) =>
    one.remember(holding('acme.globex'), response, 'globex'),
  );
  expect(line).toContain('workspaces=globex.acme;');
});

test.each([
  ['https://hub.example.com', 'ok'],
  ['http://localhost:4400', 'ok'],
  ['http://127.0.0.1:4400', 'ok'],
  ['http://hub.internal', 'warning'],
])('whether Twenty sends people back to %s is told before anybody tries', (url, state) => {
  const line = signInLine(url);
  expect(line.state).toBe(state);
  expect(line.remedy === undefined).toBe(state === 'ok');
});
