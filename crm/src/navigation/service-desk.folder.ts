import { defineNavigationMenuItem } from 'twenty-sdk/define';

import { folderItem } from '../kit/navigation.ts';

export default defineNavigationMenuItem(folderItem('serviceDesk', 'Service desk', 'IconHeadset', 50));
