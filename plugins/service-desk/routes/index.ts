import type { MemberRoute } from '@switchboard/core/contract';
import type { Context } from '../services.ts';
import { caseRoutes } from './cases.ts';
import { deskRoutes } from './desk.ts';
import { peopleRoutes } from './people.ts';

/** The doors for members: one list per part of the desk. */
export const routes: readonly MemberRoute<Context>[] = [
  ...deskRoutes,
  ...caseRoutes,
  ...peopleRoutes,
];
