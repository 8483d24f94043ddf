import { SwitchboardError } from '../../contract/errors.ts';
import { createRoleRefresher } from '../permissions/refresh.ts';
import type { SessionContext } from './context.ts';
import type { Report } from './report.ts';
import { createBell } from './signal-bell.ts';

/**
 * Keeps what every role may read. Runs until the signal aborts. Without the permission to read roles the rest of the
 * session goes on; what is read for people is then refused.
 */
export async function keepRoles(
  { db, tenantId, clock, access, log }: SessionContext,
  { everyMs, report }: { readonly everyMs: number; readonly report: Report },
  signal: AbortSignal,
): Promise<void> {
  const refresh = createRoleRefresher({ db, tenantId, clock, ask: (request) => access.metadata(request, signal) });
  while (!signal.aborted) {
    try {
      await refresh();
      report.notice('roles', undefined);
    } catch (error) {
      if (signal.aborted) return;
      const why = error instanceof SwitchboardError ? error.message : 'unknown reason';
      report.notice('roles', `The roles could not be read from Twenty (${why}): members see nothing in the panel.`);
      log.warn({ tenantId, err: error }, 'Could not read the roles of the workspace');
    }
    await createBell().wait(signal, everyMs);
  }
}
