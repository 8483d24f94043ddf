import { type DirectiveNode, type FragmentDefinitionNode, Kind, type SelectionSetNode } from 'graphql';
import { GraphqlError } from '../errors.ts';

/** Selected names, each with what is selected below it; null for a leaf. Aliases are ignored, as in Twenty. */
export type Selection = Map<string, Selection | null>;

export type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

/** Merges a selection set with its fragments into one tree. */
export function readSelection(set: SelectionSetNode | undefined, fragments: Fragments): Selection | null {
  if (set === undefined) return null;
  const selection: Selection = new Map();
  collect(set, fragments, selection);
  return selection;
}

function collect(set: SelectionSetNode, fragments: Fragments, into: Selection): void {
  for (const node of set.selections) {
    if (node.directives?.some(isExcluded) === true) continue;
    if (node.kind === Kind.INLINE_FRAGMENT) {
      collect(node.selectionSet, fragments, into);
    } else if (node.kind === Kind.FRAGMENT_SPREAD) {
      const fragment = fragments.get(node.name.value);
      if (fragment === undefined)
        throw new GraphqlError(`Unknown fragment "${node.name.value}".`, 'INTERNAL_SERVER_ERROR');
      collect(fragment.selectionSet, fragments, into);
    } else {
      const below = readSelection(node.selectionSet, fragments);
      const known = into.get(node.name.value);
      into.set(node.name.value, known instanceof Map && below !== null ? new Map([...known, ...below]) : below);
    }
  }
}

/** A variable in a directive crashes Twenty's executor (2.21, measured): it looks into variables it does not have. */
function isExcluded(directive: DirectiveNode): boolean {
  const condition = directive.arguments?.find((argument) => argument.name.value === 'if')?.value;
  if (condition?.kind === Kind.VARIABLE) {
    const message = `Cannot read properties of undefined (reading '${condition.name.value}')`;
    throw new GraphqlError(message, 'INTERNAL_SERVER_ERROR');
  }
  const isTrue = condition?.kind === Kind.BOOLEAN && condition.value;
  return directive.name.value === 'skip' ? isTrue : directive.name.value === 'include' && !isTrue;
}
