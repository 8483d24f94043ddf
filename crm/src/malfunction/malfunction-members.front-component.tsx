import { defineFrontComponent } from 'twenty-sdk/define';

import { tabComponent } from '../kit/front-components.ts';
import { MembersTab } from '../desk/members-tab.tsx';

export default defineFrontComponent({ ...tabComponent('malfunction', 'members'), component: MembersTab });
