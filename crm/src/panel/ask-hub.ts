import type { PanelAnswer, PanelObject } from './answer.ts';
import { type PanelProblem, problemOf, reachHub } from './reach-hub.ts';

export type PanelOutcome =
  | { readonly kind: 'answer'; readonly answer: PanelAnswer }
  | { readonly kind: 'problem'; readonly problem: PanelProblem };

/** Asks the hub for the panel of a record. Never throws. */
export async function askHub(object: PanelObject, recordId: string, signal: AbortSignal): Promise<PanelOutcome> {
  const response = await reachHub({ path: `records/${object}/${recordId}`, signal });
  if (typeof response === 'string') return { kind: 'problem', problem: response };
  if (!response.ok) return { kind: 'problem', problem: problemOf(response) };
  try {
    return { kind: 'answer', answer: (await response.json()) as PanelAnswer };
  } catch {
    return { kind: 'problem', problem: 'failed' };
  }
}
