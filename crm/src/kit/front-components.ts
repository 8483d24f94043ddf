import type { PanelObject } from '../panel/answer.ts';
import { identifierOf } from './identifiers.ts';

/** A component is not told what kind of record it stands on (Twenty 2.21, measured), so every object has its own. */
export const panelComponent = (object: PanelObject) => ({
  universalIdentifier: identifierOf('frontComponent', `${object}.panel`),
  name: `switchboard-panel-${object}`,
  description: 'Recent calls, open cases, and whether the hub is up to date',
});
