import type { MemberRoute } from '@switchboard/core/contract';
import { dayRoutes } from '../day/routes.ts';
import { exportRoutes } from '../exports/routes.ts';
import { journalRoutes } from '../journal/routes.ts';
import { mergeRoutes } from '../merge/routes.ts';
import { recordRoutes } from '../records/routes.ts';
import { reminderRoutes } from '../reminders/routes.ts';
import { searchRoutes } from '../search/routes.ts';
import type { Context } from '../services.ts';
import { tileRoutes } from '../tiles/routes.ts';
import { callRoutes } from './calls.ts';
import { caseRoutes } from './cases.ts';
import { deskRoutes } from './desk.ts';
import { malfunctionRoutes } from './malfunctions.ts';
import { peopleRoutes } from './people.ts';
import { suggestionRoutes } from './suggestions.ts';

/** The doors for members: one list per part of the desk. */
export const routes: readonly MemberRoute<Context>[] = [
  ...dayRoutes,
  ...recordRoutes,
  ...reminderRoutes,
  ...searchRoutes,
  ...deskRoutes,
  ...callRoutes,
  ...caseRoutes,
  ...mergeRoutes,
  ...malfunctionRoutes,
  ...tileRoutes,
  ...journalRoutes,
  ...peopleRoutes,
  ...suggestionRoutes,
  ...exportRoutes,
];
