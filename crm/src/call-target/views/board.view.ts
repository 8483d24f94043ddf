import { defineView } from 'twenty-sdk/define';

import { boardView } from '../../kit/views.ts';
import { TARGET_STATES } from '../call-target.choices.ts';

export default defineView(
  boardView({
    object: 'callTarget',
    key: 'board',
    name: 'By status',
    position: 3,
    columns: ['name', 'callList', 'person', 'assignee', 'callbackAt'],
    groupBy: 'status',
    choices: TARGET_STATES,
    hidden: ['SKIPPED', 'BLOCKED'],
  }),
);
