import { defineNavigationMenuItem } from 'twenty-sdk/define';

import { viewItem } from '../kit/navigation.ts';

export default defineNavigationMenuItem(viewItem('serviceCase.open', 'serviceDesk', 0));
