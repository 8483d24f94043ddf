import type { FolderState } from '../../malfunctions/choices.ts';

/** The rules of folders once more, in memory and one after the other: what the desk is held against. */

interface ModelCase {
  status: string;
  resolvedAt: number | null;
  closedAt: number | null;
  reopened: number;
  folder: string | null;
}

type State = Pick<ModelCase, 'status' | 'resolvedAt' | 'closedAt' | 'reopened'>;

interface ModelFlow {
  readonly folder: string;
  readonly was: string;
  readonly became: string;
  readonly lines: Map<string, { readonly was: State; readonly set: State; undone?: string }>;
  isUndone: boolean;
}

export interface Model {
  readonly cases: Map<string, ModelCase>;
  readonly folders: Map<string, string>;
  readonly flows: Map<string, ModelFlow>;
}

const ended = (status: string) => ['RESOLVED', 'CLOSED', 'CANCELLED'].includes(status);
const stateOf = ({ status, resolvedAt, closedAt, reopened }: ModelCase): State => ({
  status,
  resolvedAt,
  closedAt,
  reopened,
});
const same = (one: State, other: State) =>
  JSON.stringify(stateOf(one as ModelCase)) === JSON.stringify(stateOf(other as ModelCase));

export function put(model: Model, folder: string, ids: readonly string[]): void {
  for (const id of ids) model.cases.get(id)!.folder = folder;
}

export function take(model: Model, folder: string, ids: readonly string[]): void {
  for (const id of ids) if (model.cases.get(id)!.folder === folder) model.cases.get(id)!.folder = null;
}

export function setStatus(one: ModelCase, status: string, now: number): void {
  if (status === one.status) return;
  if (status === 'RESOLVED') one.resolvedAt = now;
  else if (ended(status)) one.closedAt = now;
  else if (ended(one.status)) Object.assign(one, { resolvedAt: null, closedAt: null, reopened: one.reopened + 1 });
  one.status = status;
}

export function flow(
  model: Model,
  key: string,
  folder: string,
  to: FolderState,
  chosen: readonly string[],
  now: number,
): void {
  const lines: ModelFlow['lines'] = new Map();
  const target = to === 'REPORTED' ? undefined : ended(to) ? to : 'IN_PROGRESS';
  for (const id of chosen) {
    const one = model.cases.get(id)!;
    if (one.folder !== folder || target === undefined || one.status === target) continue;
    if (ended(one.status)) {
      const left = [...model.flows.values()].findLast(
        (past) => past.folder === folder && past.lines.has(id) && past.lines.get(id)!.undone !== 'restored',
      );
      if (left === undefined || !same(left.lines.get(id)!.set, one)) continue;
      if (one.status === 'CLOSED' && target === 'RESOLVED') continue;
    } else if (!ended(target) && !['NEW', 'OPEN'].includes(one.status)) continue;
    const was = stateOf(one);
    setStatus(one, target, now);
    lines.set(id, { was, set: stateOf(one) });
  }
  model.flows.set(key, { folder, was: model.folders.get(folder)!, became: to, lines, isUndone: false });
  model.folders.set(folder, to);
}

export function undo(model: Model, key: string): void {
  const past = model.flows.get(key)!;
  if (past.isUndone) return;
  past.isUndone = true;
  for (const [id, line] of past.lines) {
    const one = model.cases.get(id)!;
    line.undone = same(line.set, one) ? 'restored' : 'changed-since';
    if (line.undone === 'restored') Object.assign(one, line.was);
  }
  if (model.folders.get(past.folder) === past.became) model.folders.set(past.folder, past.was);
}
