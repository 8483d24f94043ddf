import type { MemberRoute } from '@switchboard/core/contract';
import type { Context } from '../services.ts';
import { callsExport } from './calls.ts';
import { casesExport } from './cases.ts';
import { malfunctionsExport } from './malfunctions.ts';
import { membersExport } from './members.ts';
import { timelineExport } from './timeline.ts';

/** Lists of the desk that members may take away as files. */
export const exportRoutes: readonly MemberRoute<Context>[] = [
  callsExport,
  casesExport,
  malfunctionsExport,
  membersExport,
  timelineExport,
];
