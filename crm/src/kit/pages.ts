import {
  PageLayoutTabLayoutMode,
  type PageLayoutConfig,
  type PageLayoutTabConfig,
  type PageLayoutTabManifest,
} from 'twenty-sdk/define';

import type { PanelObject } from '../panel/answer.ts';
import type { DeskTab } from './front-components.ts';
import { identifierOf } from './identifiers.ts';
import { fieldId, objectId, type ObjectName, type OwnObject, STANDARD_PAGE } from './objects.ts';

type Page = {
  readonly object: OwnObject;
  readonly label: string;
  /** Long texts, each with a tab of its own: field name and tab title. */
  readonly texts?: readonly (readonly [field: string, title: string, icon: string])[];
  /** Lists of related records shown as cards under the fields. */
  readonly cards?: readonly (readonly [field: string, title: string])[];
  /** Whether the page has the panel "Switchboard". */
  readonly panel?: true;
  /** Tabs of the service desk, before everything else but the fields. */
  readonly desk?: readonly DeskTab[];
};

type Widget = NonNullable<PageLayoutTabManifest['widgets']>[number];

const fieldsBox = (object: OwnObject): Widget => ({
  universalIdentifier: identifierOf('widget', `${object}.fields`),
  title: 'Fields',
  type: 'FIELDS',
  configuration: { configurationType: 'FIELDS', viewUniversalIdentifier: identifierOf('view', `${object}.record`) },
});

const fieldWidget = (object: OwnObject, field: string, title: string, mode: 'CARD' | 'EDITOR'): Widget => ({
  universalIdentifier: identifierOf('widget', `${object}.field.${field}`),
  title,
  type: 'FIELD',
  // Twenty calls it an id; in a manifest it is the universal identifier (read in the source of 2.21).
  configuration: { configurationType: 'FIELD', fieldMetadataId: fieldId(object, field), fieldDisplayMode: mode },
});

const tab = (
  object: ObjectName,
  key: string,
  look: { title: string; icon: string; position: number },
  layoutMode: PageLayoutTabLayoutMode,
  widgets: Widget[],
): PageLayoutTabManifest => ({
  universalIdentifier: identifierOf('tab', `${object}.${key}`),
  ...look,
  layoutMode,
  widgets,
});

const componentTab = (
  object: ObjectName,
  key: string,
  look: { title: string; icon: string; position: number },
): PageLayoutTabManifest =>
  tab(object, key, look, PageLayoutTabLayoutMode.CANVAS, [
    {
      universalIdentifier: identifierOf('widget', `${object}.${key}`),
      title: look.title,
      type: 'FRONT_COMPONENT',
      configuration: {
        configurationType: 'FRONT_COMPONENT',
        frontComponentUniversalIdentifier: identifierOf('frontComponent', `${object}.${key}`),
      },
    },
  ]);

/** Calls, cases and the state of the hub around one record. */
const panelTab = (object: PanelObject, position: number): PageLayoutTabManifest =>
  componentTab(object, 'panel', { title: 'Switchboard', icon: 'IconHeadset', position });

/** The panel on a record page of Twenty's own: behind the fields, before the timeline (2.21, measured). */
export const standardPanelTab = (object: keyof typeof STANDARD_PAGE): PageLayoutTabConfig => ({
  ...panelTab(object, 15),
  pageLayoutUniversalIdentifier: STANDARD_PAGE[object],
});

const hasPanel = (page: Page): page is Page & { readonly object: OwnObject & PanelObject } => page.panel === true;

const DESK_TABS: Readonly<Record<DeskTab, { readonly title: string; readonly icon: string }>> = {
  handling: { title: 'Handling', icon: 'IconHistory' },
  calls: { title: 'Calls', icon: 'IconPhone' },
  mails: { title: 'Mails', icon: 'IconMail' },
  members: { title: 'Members', icon: 'IconFolderOpen' },
  malfunctions: { title: 'Malfunctions', icon: 'IconAlertTriangle' },
};

const STANDARD_TABS = [
  { title: 'Timeline', icon: 'IconTimelineEvent', type: 'TIMELINE' },
  { title: 'Tasks', icon: 'IconCheckbox', type: 'TASKS' },
  { title: 'Notes', icon: 'IconNotes', type: 'NOTES' },
  { title: 'Files', icon: 'IconPaperclip', type: 'FILES' },
] as const;

/**
 * The page of one record. The first tab is the left column; Timeline, tasks, notes and files follow the texts.
 * Positions leave room: later tabs go in between without moving what is there.
 */
export function recordPage(page: Page): PageLayoutConfig {
  const { object } = page;
  const details = [
    fieldsBox(object),
    ...(page.cards ?? []).map(([field, title]) => fieldWidget(object, field, title, 'CARD')),
  ].map((widget, index) => ({
    ...widget,
    position: { layoutMode: PageLayoutTabLayoutMode.VERTICAL_LIST as const, index },
  }));
  return {
    universalIdentifier: identifierOf('page', object),
    name: `${page.label} record page`,
    type: 'RECORD_PAGE',
    objectUniversalIdentifier: objectId(object),
    tabs: [
      tab(
        object,
        'details',
        { title: 'Details', icon: 'IconList', position: 0 },
        PageLayoutTabLayoutMode.VERTICAL_LIST,
        details,
      ),
      ...(page.texts ?? []).map(([field, title, icon], index) =>
        tab(object, `field.${field}`, { title, icon, position: 10 + index }, PageLayoutTabLayoutMode.VERTICAL_LIST, [
          fieldWidget(object, field, title, 'EDITOR'),
        ]),
      ),
      ...(page.desk ?? []).map((key, index) => componentTab(object, key, { ...DESK_TABS[key], position: 1 + index })),
      ...(hasPanel(page) ? [panelTab(page.object, 5)] : []),
      ...STANDARD_TABS.map(({ title, icon, type }, index) =>
        tab(object, title.toLowerCase(), { title, icon, position: 100 + index * 10 }, PageLayoutTabLayoutMode.CANVAS, [
          {
            universalIdentifier: identifierOf('widget', `${object}.${title.toLowerCase()}`),
            title,
            type,
            configuration: { configurationType: type },
          },
        ]),
      ),
    ],
  };
}
