import { defineFrontComponent } from 'twenty-sdk/define';

import { tabComponent } from '../kit/front-components.ts';
import { CallsTab } from '../desk/case-tabs.tsx';

export default defineFrontComponent({ ...tabComponent('serviceCase', 'calls'), component: CallsTab });
