import { definePlugin } from '@switchboard/core/contract';
import { check } from './check.ts';
import { config } from './config.ts';
import { mirrors } from './mirrors.ts';
import { routes } from './routes/index.ts';

export const plugin = definePlugin({
  id: 'service-desk',
  contract: 1,
  name: 'Service desk',
  summary: 'Numbers cases, opens them from calls, and gives agents a desk of their own.',
  config,
  migrations: new URL('./migrations/', import.meta.url),
  mirrors,
  memberRoutes: routes,
  check,
});
