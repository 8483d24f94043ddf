import { defineNavigationMenuItem } from 'twenty-sdk/define';

import { folderItem } from '../kit/navigation.ts';

export default defineNavigationMenuItem(folderItem('outbound', 'Outbound calls', 'IconPhoneOutgoing', 51));
