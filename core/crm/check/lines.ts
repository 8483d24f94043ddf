import type { CheckLine } from '../../contract/check.ts';
import { SwitchboardError } from '../../contract/errors.ts';

/** An error as a line of the checklist; what is not one of ours, or comes from being stopped, is thrown on. */
export function failedLine(name: string, error: unknown, remedy: string, signal: AbortSignal): CheckLine {
  if (signal.aborted || !(error instanceof SwitchboardError)) throw error;
  return { name, state: 'failed', detail: `${error.message.replace(/\.$/, '')}.`, remedy: error.remedy ?? remedy };
}

type Finding = Required<Pick<CheckLine, 'code'>> & Pick<CheckLine, 'values'>;

export const ok = (name: string, detail: string, finding: Finding): CheckLine => ({
  name,
  state: 'ok',
  detail,
  ...finding,
});
