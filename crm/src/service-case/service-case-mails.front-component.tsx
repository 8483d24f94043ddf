import { defineFrontComponent } from 'twenty-sdk/define';

import { tabComponent } from '../kit/front-components.ts';
import { MailsTab } from '../desk/case-tabs.tsx';

export default defineFrontComponent({ ...tabComponent('serviceCase', 'mails'), component: MailsTab });
