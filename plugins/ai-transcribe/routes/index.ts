import type { Route } from '@switchboard/core/contract';
import type { Context } from '../services.ts';
import { engineRoutes } from './engines.ts';
import { transcriptRoutes } from './transcripts.ts';

/** What the operator asks by API, command line and the console's page "Preparations for AI". */
export const routes: readonly Route<Context>[] = [...transcriptRoutes, ...engineRoutes];
