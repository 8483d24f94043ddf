import { definePageLayoutTab } from 'twenty-sdk/define';

import { standardPanelTab } from '../kit/pages.ts';

export default definePageLayoutTab(standardPanelTab('company'));
