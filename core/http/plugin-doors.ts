import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import express, { type Request, type Response, type Router } from 'express';
import { NotFoundError, type RawRequest, type Reply, UnauthorizedError } from '../contract/index.ts';
import { type Doors, takesStream } from '../host/doors.ts';
import type { Instance } from '../host/instances.ts';

/** The most any door reads that does not read by itself; each webhook has its own, smaller limit. */
const LARGEST_BODY = '16mb';

const readBody = express.raw({ type: () => true, limit: LARGEST_BODY });

interface DoorRoutes {
  readonly doors: Doors;
  /** @returns undefined for an unknown tenant, and when the plugin is not enabled there */
  readonly findInstance: (tenantSlug: string, pluginId: string) => Promise<Instance | undefined>;
}

/** `/hooks/{tenant}/{plugin}/…`: the doors that outside systems call. Who is unknown there is answered like who has the wrong key. */
export function vendorDoors({ doors, findInstance }: DoorRoutes): Router {
  const router = express.Router();
  router.all('/:tenant/:plugin/*path', async (request, response) => {
    const instance = await findInstance(param(request, 'tenant'), param(request, 'plugin'));
    if (instance === undefined) {
      throw new UnauthorizedError('The tenant or the key is unknown', {
        remedy: 'Check the address and the key in the settings of the sending system.',
      });
    }
    // Only now: nobody fills our memory at a door that does not exist.
    await read(request, response);
    await send(response, await doors.call(instance, 'vendor', toRawRequest(request), whileConnected(response)));
  });
  return router;
}

/** `/api/v1/tenants/{tenant}/plugins/{plugin}/doors/…`: what plugins add to the hub's own API. Mounted behind its authentication. */
export function operatorDoors({ doors, findInstance }: DoorRoutes): Router {
  const router = express.Router();
  router.all('/tenants/:tenant/plugins/:plugin/doors/*path', async (request, response) => {
    const [tenant, plugin] = [param(request, 'tenant'), param(request, 'plugin')];
    const instance = await findInstance(tenant, plugin);
    if (instance === undefined) {
      throw new NotFoundError(`The plugin ${plugin} is not enabled for the tenant ${tenant}`, {
        field: 'path.plugin',
        remedy: 'Check both names, and enable the plugin first.',
      });
    }
    const asked = await takeRequest(request, response, instance, 'operator');
    await send(response, await doors.call(instance, 'operator', asked, whileConnected(response)));
  });
  return router;
}

async function read(request: Request, response: Response): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    readBody(request, response, (error?: unknown) => (error === undefined ? resolve() : reject(error)));
  });
}

/** Reads the body, or leaves it to a route that streams: who stops in the middle of it can still answer why. */
export async function takeRequest(
  request: Request,
  response: Response,
  instance: Instance,
  audience: 'member' | 'operator',
): Promise<RawRequest> {
  const asked = toRawRequest(request);
  if (takesStream(instance, audience, asked)) return { ...asked, stream: request.iterator({ destroyOnReturn: false }) };
  await read(request, response);
  return toRawRequest(request);
}

/** Aborts when the caller hangs up before the answer is out. */
export function whileConnected(response: Response): AbortSignal {
  const gone = new AbortController();
  response.on('close', () => response.writableFinished || gone.abort());
  return gone.signal;
}

export function toRawRequest(request: Request): RawRequest {
  const path = (request.params as Record<string, string | string[]>)['path'] ?? [];
  const query = request.originalUrl.indexOf('?');
  return {
    method: request.method,
    path: `/${[path].flat().join('/')}`,
    query: new URLSearchParams(query === -1 ? '' : request.originalUrl.slice(query + 1)),
    headers: Object.fromEntries(
      Object.entries(request.headers)
        // Keys of sessions are nobody's business behind the doors.
        .filter(([name]) => name !== 'cookie')
        .map(([name, value]) => [name, [value].flat().join(', ')]),
    ),
    body: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
  };
}

export async function send(response: Response, reply: Reply): Promise<void> {
  response.status(reply.status ?? 200).set(reply.headers ?? {});
  if (reply.body instanceof Readable) await pipe(reply.body, response);
  else if (reply.body === undefined) response.end();
  else if (typeof reply.body === 'string' || Buffer.isBuffer(reply.body)) response.send(reply.body);
  else response.json(reply.body);
}

/** Who hears enough hangs up in the middle; that is no failure. */
async function pipe(body: Readable, response: Response): Promise<void> {
  try {
    await pipeline(body, response);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE')) throw error;
  }
}

export function param(request: Request, name: string): string {
  return [(request.params as Record<string, string | string[]>)[name] ?? ''].flat().join('/');
}
