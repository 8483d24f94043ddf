import type { PanelObject } from '../panel/answer.ts';
import { identifierOf } from './identifiers.ts';
import type { OwnObject } from './objects.ts';

/** A component is not told what kind of record it stands on (Twenty 2.21, measured), so every object has its own. */
export const panelComponent = (object: PanelObject) => ({
  universalIdentifier: identifierOf('frontComponent', `${object}.panel`),
  name: `switchboard-panel-${object}`,
  description: 'Recent calls, open cases, and whether the hub is up to date',
});

/** Tabs of the service desk, each with a component of its own. */
const TABS = {
  handling: 'Who does what next, and everything that happened',
  calls: 'All calls about a case',
  mails: 'The mails about a case, as far as one may see them',
  members: 'Calls and cases in a malfunction, and those that may belong there',
  malfunctions: 'What is wrong at a location, and what was',
} as const;

export type DeskTab = keyof typeof TABS;

export const tabComponent = (object: OwnObject, tab: DeskTab) => ({
  universalIdentifier: identifierOf('frontComponent', `${object}.${tab}`),
  name: `switchboard-${tab}-${object}`,
  description: TABS[tab],
});
