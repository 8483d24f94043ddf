import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo } from 'node:net';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import express from 'express';
import { pageHeaders } from '../../http/console/page-headers.ts';
import { consoleFiles } from '../../http/console-files.ts';

const SCRIPT = 'console.log("a page of the console");'.repeat(20);
let folder: string;
let server: Server;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pages-'));
});
afterEach(async () => {
  server.close();
  await rm(folder, { recursive: true });
});

async function build(): Promise<void> {
  await mkdir(join(folder, 'assets'));
  await writeFile(join(folder, 'index.html'), '<script nonce="__NONCE__"></script>');
  await writeFile(join(folder, 'secret.txt'), 'not a page');
  await writeFile(join(folder, 'assets/main-1a2b.js'), SCRIPT);
  await writeFile(join(folder, 'assets/main-1a2b.js.br'), brotliCompressSync(SCRIPT));
}

/** @returns asks for a path below `/console` */
async function serve() {
  const app = express();
  app.use('/console', pageHeaders(), consoleFiles(folder));
  server = createServer(app).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  return async (path: string, encoding = 'identity') =>
    await fetch(`http://127.0.0.1:${port}/console${path}`, { headers: { 'accept-encoding': encoding } });
}

test('assets are kept for ever, and smaller for whoever takes them so', async () => {
  await build();
  const get = await serve();
  const plain = await get('/assets/main-1a2b.js');
  expect(await plain.text()).toBe(SCRIPT);
  expect(plain.headers.get('content-encoding')).toBeNull();
  const small = await get('/assets/main-1a2b.js', 'gzip, br');
  expect(await small.text()).toBe(SCRIPT);
  expect(small.headers.get('content-encoding')).toBe('br');
  for (const { headers } of [plain, small]) {
    expect(headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(headers.get('vary')).toBe('accept-encoding');
  }
  // No copy for gzip was built: the plain one does.
  expect((await get('/assets/main-1a2b.js', 'gzip')).headers.get('content-encoding')).toBeNull();
});

test('every address is the one page, asked for anew, with a nonce of its own that the policy names', async () => {
  await build();
  const get = await serve();
  const nonces: string[] = [];
  for (const path of ['', '/', '/acme/deliveries', '/secret.txt', '/..%2f..%2fetc%2fpasswd']) {
    const answer = await get(path);
    const [, nonce = ''] = /nonce="([^"]+)"/.exec(await answer.text()) ?? [];
    expect(answer.status).toBe(200);
    expect(answer.headers.get('cache-control')).toBe('no-cache');
    expect(answer.headers.get('content-security-policy')).toContain(`'nonce-${nonce}'`);
    nonces.push(nonce);
  }
  expect(new Set(nonces).size).toBe(nonces.length);
});

test('an asset that is not there is no page, and nothing outside of the assets is one', async () => {
  await build();
  const get = await serve();
  for (const path of ['/assets/main-0000.js', '/assets/..%2fsecret.txt', '/assets/main-1a2b.js.br']) {
    expect((await get(path)).status).toBe(404);
  }
});

test('without a build it says how to make one', async () => {
  const get = await serve();
  const answer = await get('/acme/status');
  expect(answer.status).toBe(503);
  expect(await answer.text()).toContain('npm run console:build');
});
