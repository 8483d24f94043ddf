import type { CheckLine } from '../../contract/check.ts';
import type { CrmStatus } from '../status.ts';
import { ok } from './lines.ts';

const name = 'Copy';

/** How far the copy of the workspace is, by which people and plugins read. */
export function copyLine({ mirror, session }: Pick<CrmStatus, 'mirror' | 'session'>, isRunning: boolean): CheckLine {
  if (!isRunning) {
    const detail = 'No worker of the hub works for this tenant, so nothing is copied, sent or registered.';
    const remedy = 'start the hub (npm start, or npm run worker), then check again';
    return { name, state: 'warning', detail, remedy, code: 'copy.no-worker' };
  }
  if (session?.problem !== undefined) {
    const { message, remedy = 'see the log of the hub' } = session.problem;
    return { name, state: 'failed', detail: `The worker rests: ${message}.`, remedy };
  }
  const copied = mirror.reduce((sum, each) => sum + each.copied, 0);
  const fresh = mirror.filter(({ state }) => state === 'fresh').length;
  if (mirror.length > 0 && fresh === mirror.length) {
    return ok(name, `${fresh} objects are copied and kept fresh.`, { code: 'copy.fresh', values: { count: fresh } });
  }
  const total = mirror.reduce((sum, each) => sum + (each.total ?? each.copied), 0);
  const detail = `Under way: ${copied} of ${total} records so far; npm run hub -- crm status tells how it goes on.`;
  return ok(name, detail, { code: 'copy.under-way', values: { copied, total } });
}
