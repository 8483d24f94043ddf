import type { PanelAnswer, PanelObject } from './answer.ts';
import { problemOf, reachHub } from './reach-hub.ts';
import type { Outcome } from './use-asked.ts';

/** Asks the hub for the panel of a record. Never throws. */
export async function askHub(
  object: PanelObject,
  recordId: string,
  signal: AbortSignal,
): Promise<Outcome<PanelAnswer>> {
  const response = await reachHub({ path: `records/${object}/${recordId}`, signal });
  if (typeof response === 'string') return { kind: 'problem', problem: response };
  if (!response.ok) return { kind: 'problem', problem: problemOf(response) };
  try {
    return { kind: 'answer', answer: (await response.json()) as PanelAnswer };
  } catch {
    return { kind: 'problem', problem: 'failed' };
  }
}
