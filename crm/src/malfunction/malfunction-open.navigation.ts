import { defineNavigationMenuItem } from 'twenty-sdk/define';

import { viewItem } from '../kit/navigation.ts';

export default defineNavigationMenuItem(viewItem('malfunction.open', 'serviceDesk', 2));
