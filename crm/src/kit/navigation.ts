import { type defineNavigationMenuItem, NavigationMenuItemType } from 'twenty-sdk/define';

import { identifierOf } from './identifiers.ts';
import { objectId, type OwnObject } from './objects.ts';

type MenuItem = Parameters<typeof defineNavigationMenuItem>[0];
export type Folder = 'serviceDesk' | 'outbound' | 'history';

export const folderItem = (folder: Folder, name: string, icon: string, position: number): MenuItem => ({
  universalIdentifier: identifierOf('navigation', `folder.${folder}`),
  type: NavigationMenuItemType.FOLDER,
  name,
  icon,
  position,
});

/** Menu entry that opens the index view of an object. */
export const objectItem = (object: OwnObject, folder: Folder, position: number): MenuItem => ({
  universalIdentifier: identifierOf('navigation', object),
  type: NavigationMenuItemType.OBJECT,
  folderUniversalIdentifier: identifierOf('navigation', `folder.${folder}`),
  targetObjectUniversalIdentifier: objectId(object),
  position,
});

/** Menu entry that opens one view; `view` is `<object>.<key>`. */
export const viewItem = (view: `${OwnObject}.${string}`, folder: Folder, position: number): MenuItem => ({
  universalIdentifier: identifierOf('navigation', view),
  type: NavigationMenuItemType.VIEW,
  folderUniversalIdentifier: identifierOf('navigation', `folder.${folder}`),
  viewUniversalIdentifier: identifierOf('view', view),
  position,
});
