import { defineNavigationMenuItem } from 'twenty-sdk/define';

import { folderItem } from '../kit/navigation.ts';

export default defineNavigationMenuItem(folderItem('history', 'Case history', 'IconHistory', 52));
