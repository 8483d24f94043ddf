import { defineNavigationMenuItem } from 'twenty-sdk/define';

import { objectItem } from '../kit/navigation.ts';

export default defineNavigationMenuItem(objectItem('phoneCall', 'serviceDesk', 6));
