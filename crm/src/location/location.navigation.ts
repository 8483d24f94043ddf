import { defineNavigationMenuItem } from 'twenty-sdk/define';

import { objectItem } from '../kit/navigation.ts';

export default defineNavigationMenuItem(objectItem('location', 'serviceDesk', 9));
