import { type MemberRoute, NotFoundError, queryOf } from '@switchboard/core/contract';
import { z } from 'zod';
import type { Context } from '../services.ts';
import { fetchTile } from './client.ts';

const MOST_NEAR = 22;
const axis = z.coerce.number().int().min(0);
const tile = z
  .object({ z: axis.max(MOST_NEAR), x: axis, y: axis })
  .refine(({ z: zoom, x, y }) => x < 2 ** zoom && y < 2 ** zoom, 'there is no such tile');

const WEEK_SECONDS = 7 * 24 * 3600;

/** Tiles come through the hub: browsers load nothing from elsewhere, and the tile server learns nothing about who looks. */
export const tileRoutes: readonly MemberRoute<Context>[] = [
  {
    method: 'GET',
    path: '/map/tile',
    summary: 'A square of the map, where the tenant has a tile server (?z=ZOOM&x=COLUMN&y=ROW)',
    async handle({ config: { mapTiles }, http }, request, signal) {
      const wanted = queryOf(tile, request);
      if (mapTiles === '') throw new NotFoundError('This workspace has no tile server');
      const { type, bytes } = await fetchTile(http, mapTiles, wanted, signal);
      return {
        headers: { 'content-type': type, 'cache-control': `private, max-age=${WEEK_SECONDS}` },
        body: bytes,
      };
    },
  },
];
