import { type CheckLine, SwitchboardError } from '../contract/index.ts';
import type { Instance } from '../host/instances.ts';

const CHECK_TIMEOUT_MS = 30_000;

/** Runs a plugin's check-up. A plugin that cannot be set up, and a check that throws or hangs, is a failed line, never an error. */
export async function runCheck(
  name: string,
  findInstance: () => Promise<Instance | undefined>,
  signal: AbortSignal,
): Promise<readonly CheckLine[]> {
  const deadline = AbortSignal.any([signal, AbortSignal.timeout(CHECK_TIMEOUT_MS)]);
  try {
    const instance = await findInstance();
    if (instance === undefined) return [notEnabled(name)];
    return await Promise.race([instance.plugin.check(instance.context, deadline), rejectWhenAborted(deadline)]);
  } catch (error) {
    const remedy = error instanceof SwitchboardError ? error.remedy : undefined;
    const detail = deadline.aborted ? `It did not end within ${CHECK_TIMEOUT_MS / 1000} seconds.` : messageOf(error);
    return [
      {
        name,
        state: 'failed',
        detail,
        remedy: remedy ?? 'Check the settings of the plugin and the system it connects to.',
      },
    ];
  }
}

function notEnabled(name: string): CheckLine {
  return {
    name,
    state: 'off',
    detail: 'The plugin is not enabled for this tenant.',
    remedy: 'Enable it, then check again.',
    code: 'plugin.not-enabled',
  };
}

function rejectWhenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
