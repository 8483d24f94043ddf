import type { CheckLine } from '../../contract/check.ts';
import { SwitchboardError } from '../../contract/errors.ts';

/** An error as a line of the checklist; what is not one of ours, or comes from being stopped, is thrown on. */
export function failedLine(name: string, error: unknown, remedy: string, signal: AbortSignal): CheckLine {
  if (signal.aborted || !(error instanceof SwitchboardError)) throw error;
  return { name, state: 'failed', detail: `${error.message.replace(/\.$/, '')}.`, remedy: error.remedy ?? remedy };
}

export const ok = (name: string, detail: string): CheckLine => ({ name, state: 'ok', detail });
