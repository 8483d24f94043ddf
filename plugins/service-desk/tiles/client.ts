import { type HttpClient, NotFoundError, UpstreamError } from '@switchboard/core/contract';

/** A square of the map, as all tile servers count them (Web Mercator, the north-west is 0/0). */
export interface Tile {
  readonly z: number;
  readonly x: number;
  readonly y: number;
}

export interface Picture {
  readonly type: string;
  readonly bytes: Buffer;
}

const LARGEST = 1024 * 1024;
const PATIENCE_MS = 10_000;
const pictures = /^image\/(?:png|jpeg|webp|avif)\b/;

/** @param template address with `{z}`, `{x}` and `{y}` */
export async function fetchTile(http: HttpClient, template: string, tile: Tile, signal: AbortSignal): Promise<Picture> {
  const url = template.replaceAll(/\{([zxy])\}/g, (_mark, name: keyof Tile) => String(tile[name]));
  const answer = await http(url, { maxBytes: LARGEST, timeoutMs: PATIENCE_MS, accept: [404], signal });
  if (answer.status === 404) throw new NotFoundError('The tile server has no such tile');
  const type = answer.headers.get('content-type') ?? '';
  if (pictures.test(type)) return { type, bytes: answer.bytes };
  throw new UpstreamError('The tile server answered something that is no picture', {
    remedy: 'Check "mapTiles" in the settings of the service desk: vector tiles and pages are not shown.',
  });
}
