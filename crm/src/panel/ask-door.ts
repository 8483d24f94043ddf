import { type PanelProblem, problemOf, reachHub } from './reach-hub.ts';

/** What came of asking a plugin. `said` is the hub's own sentence about it, in English. */
export type DoorOutcome<Answer> =
  | { readonly kind: 'answer'; readonly answer: Answer }
  | { readonly kind: 'problem'; readonly problem: PanelProblem; readonly said: string };

/**
 * Asks a door that a plugin has for members. Never throws.
 *
 * @param path `/phone/call`
 * @param body makes it a POST
 */
export async function askDoor<Answer>(
  plugin: string,
  path: string,
  body?: object,
  signal?: AbortSignal,
): Promise<DoorOutcome<Answer>> {
  const response = await reachHub({
    path: `plugins/${plugin}${path}`,
    ...(body === undefined ? {} : { body }),
    ...(signal === undefined ? {} : { signal }),
  });
  if (typeof response === 'string') return { kind: 'problem', problem: response, said: '' };
  const answer: unknown = await response.json().catch(() => undefined);
  if (response.ok && answer !== undefined) return { kind: 'answer', answer: answer as Answer };
  const { message = '' } = (answer as { error?: { message?: string } } | undefined)?.error ?? {};
  return { kind: 'problem', problem: problemOf(response), said: message };
}
