import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import express, { type Request, type Response, type Router } from 'express';
import { lookup } from 'mrmime';

/** How files of the build are offered; the build puts the smaller ones beside the plain ones. */
const encodings = { br: '.br', gzip: '.gz' } as const;
type Encoding = keyof typeof encodings;

type Asset = { readonly type: string; readonly plain: Buffer } & { readonly [E in Encoding]?: Buffer };

const YEAR_SECONDS = 365 * 24 * 3600;
/** In `index.html`, where the nonce of each answer goes. */
const NONCE_MARK = '__NONCE__';

/**
 * The console's pages, from memory. Assets have their content's hash in their names and never change; every other path below `/console` is the one
 * page, asked for anew each time. Expects `response.locals.nonce`.
 */
export function consoleFiles(folder: string): Router {
  const assets = loadAssets(join(folder, 'assets'));
  const page = load(join(folder, 'index.html'))?.toString();
  const router = express.Router();
  router.get('/assets/:name', (request, response, next) => {
    const asset = assets.get(request.params.name);
    if (asset === undefined) return next();
    sendAsset(request, response, asset);
  });
  router.get('/*path', (request, response, next) => {
    if (request.path.startsWith('/assets/')) return next();
    sendPage(response, page);
  });
  router.get('/', (_request, response) => sendPage(response, page));
  return router;
}

function sendPage(response: Response, page: string | undefined): void {
  response.set('cache-control', 'no-cache');
  if (page === undefined) {
    response
      .status(503)
      .type('text/plain')
      .send('The console is not built yet: run "npm run console:build", then restart the hub.\n');
    return;
  }
  response.type('text/html').send(page.replace(NONCE_MARK, String(response.locals['nonce'])));
}

function sendAsset(request: Request, response: Response, asset: Asset): void {
  response.set({
    'content-type': asset.type,
    'cache-control': `public, max-age=${YEAR_SECONDS}, immutable`,
    vary: 'accept-encoding',
  });
  const wanted = request.acceptsEncodings(
    ...(Object.keys(encodings) as Encoding[]).filter((one) => asset[one] !== undefined),
  );
  const encoding = (Object.keys(encodings) as Encoding[]).find((one) => one === wanted);
  if (encoding !== undefined) response.set('content-encoding', encoding);
  response.end((encoding && asset[encoding]) ?? asset.plain);
}

function loadAssets(folder: string): ReadonlyMap<string, Asset> {
  const names = listFolder(folder);
  const plain = names.filter((name) => !Object.values(encodings).some((ending) => name.endsWith(ending)));
  return new Map(
    plain.map((name) => {
      const smaller = Object.entries(encodings).flatMap(([encoding, ending]) => {
        const content = names.includes(name + ending) ? load(join(folder, name + ending)) : undefined;
        return content === undefined ? [] : [[encoding, content] as const];
      });
      const type = lookup(name) ?? 'application/octet-stream';
      return [name, { type, plain: load(join(folder, name)) ?? Buffer.alloc(0), ...Object.fromEntries(smaller) }];
    }),
  );
}

function listFolder(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function load(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}
