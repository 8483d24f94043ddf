import { defineFrontComponent } from 'twenty-sdk/define';

import { MailCommand } from '../desk/mail.tsx';
import { commandComponent } from '../kit/commands.ts';

export default defineFrontComponent({ ...commandComponent('serviceCase', 'mail'), component: MailCommand });
