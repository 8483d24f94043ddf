import type { PanelObject } from '../panel/answer.ts';
import { identifierOf } from './identifiers.ts';
import type { OwnObject } from './objects.ts';

/** A component is not told what kind of record it stands on (Twenty 2.21, measured), so every object has its own. */
export const panelComponent = (object: PanelObject) => ({
  universalIdentifier: identifierOf('frontComponent', `${object}.panel`),
  name: `switchboard-panel-${object}`,
  description: 'Recent calls, open cases, and whether the hub is up to date',
});

/** Who does what next, and the journal: a tab of its own, because it is what agents look at first. */
export const handlingComponent = (object: OwnObject) => ({
  universalIdentifier: identifierOf('frontComponent', `${object}.handling`),
  name: `switchboard-handling-${object}`,
  description: 'Who does what next, and everything that happened',
});
