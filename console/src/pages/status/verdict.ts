import type { CrmStatus, MirrorStatus, WorkStatus } from '../../api/types.ts';

export type Verdict = 'ok' | 'warning' | 'failed';

const SECOND = 1000;
/** Polling alone keeps the copy fresh within two minutes; beyond five, something is wrong. */
const STALE_MS = 300 * SECOND;
/** Twenty may rest for a moment; ten minutes is what operators are told to have alarms for. */
const LATE_WRITES_MS = 600 * SECOND;
const LATE_JOBS_SECONDS = 60;

export const judge = (crm: CrmStatus, work: WorkStatus): Verdict =>
  worst([judgeCrm(crm), judgeWrites(crm), judgeMirror(crm), judgeJobs(work), judgePlugins(work)]);

export function worst(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes('failed')) return 'failed';
  return verdicts.includes('warning') ? 'warning' : 'ok';
}

export function judgeCrm({ session }: CrmStatus): Verdict {
  if (session === undefined || session.state === 'ended' || session.problem !== undefined) return 'failed';
  return session.breaker.openUntil > Date.now() ? 'failed' : session.notices.length > 0 ? 'warning' : 'ok';
}

export function judgeWrites({ outbox: { oldest, parked } }: CrmStatus): Verdict {
  if (oldest !== undefined && Date.now() - Date.parse(oldest) > LATE_WRITES_MS) return 'failed';
  return parked > 0 ? 'warning' : 'ok';
}

export function judgeMirror({ mirror }: CrmStatus): Verdict {
  return mirror.every(isFresh) ? 'ok' : 'warning';
}

export const isFresh = ({ state, freshUntil }: MirrorStatus): boolean =>
  state === 'fresh' && freshUntil !== undefined && Date.now() - Date.parse(freshUntil) < STALE_MS;

export function judgeJobs({ oldestDueSeconds, dead }: WorkStatus): Verdict {
  if (oldestDueSeconds > LATE_JOBS_SECONDS) return 'failed';
  return dead > 0 ? 'warning' : 'ok';
}

export function judgePlugins({ plugins }: WorkStatus): Verdict {
  return plugins.every(({ state, link }) => state === 'enabled' && link !== 'closed') ? 'ok' : 'warning';
}
