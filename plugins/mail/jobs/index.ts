import type { JobHandler } from '@switchboard/core/contract';
import type { Context } from '../services.ts';

/** All background work of the plugin. */
export const jobs: readonly JobHandler<Context>[] = [];
