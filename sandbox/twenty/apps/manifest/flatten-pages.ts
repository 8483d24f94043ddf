import type { Entity } from './entities.ts';
import type { Manifest, PageLayoutManifest, PageLayoutTabManifest } from './manifest.ts';

type Item = { universalIdentifier: string } & Record<string, unknown>;

/** Page layouts with tabs and widgets, menu items and commands. */
export function flattenPages(manifest: Manifest): Entity[] {
  return [
    ...(manifest.pageLayouts ?? []).flatMap((layout) => [
      layoutEntity(layout),
      ...(layout.tabs ?? []).flatMap((tab) => tabEntities(tab, layout.universalIdentifier)),
    ]),
    ...(manifest.pageLayoutTabs ?? []).flatMap((tab) => tabEntities(tab, tab.pageLayoutUniversalIdentifier)),
    ...(manifest.navigationMenuItems ?? []).map(menuItemEntity),
    ...(manifest.commandMenuItems ?? []).map(commandEntity),
  ];
}

function layoutEntity({ tabs: _tabs, objectUniversalIdentifier, ...own }: PageLayoutManifest): Entity {
  return {
    kind: 'pageLayout',
    universalIdentifier: own.universalIdentifier,
    definition: {
      defaultTabToFocusOnMobileAndSidePanelUniversalIdentifier: null,
      ...own,
      objectMetadataUniversalIdentifier: objectUniversalIdentifier ?? null,
    },
  };
}

function tabEntities({ widgets = [], ...tab }: PageLayoutTabManifest, pageLayoutUniversalIdentifier: string): Entity[] {
  return [
    {
      kind: 'pageLayoutTab',
      universalIdentifier: tab.universalIdentifier,
      definition: { icon: null, layoutMode: 'GRID', ...tab, pageLayoutUniversalIdentifier },
    },
    ...widgets.map(({ configuration, objectUniversalIdentifier, ...widget }) => ({
      kind: 'pageLayoutWidget' as const,
      universalIdentifier: widget.universalIdentifier,
      definition: {
        gridPosition: { row: 0, column: 0, rowSpan: 4, columnSpan: 4 },
        conditionalDisplay: null,
        ...widget,
        objectMetadataUniversalIdentifier: objectUniversalIdentifier ?? null,
        universalConfiguration: configuration,
        pageLayoutTabUniversalIdentifier: tab.universalIdentifier,
      },
    })),
  ];
}

function menuItemEntity({ targetObjectUniversalIdentifier, ...item }: Item): Entity {
  return {
    kind: 'navigationMenuItem',
    universalIdentifier: item.universalIdentifier,
    definition: {
      name: null,
      icon: null,
      color: null,
      viewUniversalIdentifier: null,
      link: null,
      folderUniversalIdentifier: null,
      pageLayoutUniversalIdentifier: null,
      ...item,
      targetObjectMetadataUniversalIdentifier: targetObjectUniversalIdentifier ?? null,
    },
  };
}

function commandEntity({ availabilityObjectUniversalIdentifier, ...item }: Item): Entity {
  return {
    kind: 'commandMenuItem',
    universalIdentifier: item.universalIdentifier,
    definition: {
      shortLabel: null,
      isPinned: false,
      availabilityType: 'GLOBAL',
      conditionalAvailabilityExpression: null,
      ...item,
      availabilityObjectMetadataUniversalIdentifier: availabilityObjectUniversalIdentifier ?? null,
    },
  };
}
