import { Problem, UNREACHABLE } from '../api/client.ts';
import type { Texts } from '../texts/index.ts';
import type { Refusal } from '../texts/refusals.ts';

/** What a person is told of a failure, in the own language as far as that knows it. */
export function inWords(error: unknown, { common, refusals, signIn }: Texts): { title: string; remedy?: string } {
  if (!(error instanceof Problem)) return { title: common.problem.title };
  if (error.status === UNREACHABLE) {
    return { title: common.problem.unreachable, remedy: common.problem.unreachableRemedy };
  }
  const said = refusals[error.reason ?? ''];
  if (said !== undefined) return filled(said, error.values);
  const known = signIn.refusals[error.code];
  if (known !== undefined) return { title: known[0], remedy: known[1] };
  if (error.status === 403) return { title: common.problem.notAllowed, remedy: common.problem.notAllowedRemedy };
  return { title: error.message, ...(error.remedy === undefined ? {} : { remedy: error.remedy }) };
}

function filled([title, remedy]: Refusal, values: Problem['values']): { title: string; remedy?: string } {
  const fill = (words: string) =>
    words.replaceAll(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
  return { title: fill(title), ...(remedy === undefined ? {} : { remedy: fill(remedy) }) };
}
