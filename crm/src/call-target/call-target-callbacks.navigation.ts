import { defineNavigationMenuItem } from 'twenty-sdk/define';

import { viewItem } from '../kit/navigation.ts';

export default defineNavigationMenuItem(viewItem('callTarget.callbacks', 'outbound', 1));
