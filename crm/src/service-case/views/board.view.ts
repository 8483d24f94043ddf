import { defineView } from 'twenty-sdk/define';

import { boardView } from '../../kit/views.ts';
import { CASE_STATES } from '../service-case.choices.ts';

export default defineView(
  boardView({
    object: 'serviceCase',
    key: 'board',
    name: 'By status',
    position: 3,
    columns: ['name', 'subject', 'priority', 'company', 'location', 'assignee', 'serviceState'],
    groupBy: 'status',
    choices: CASE_STATES,
    hidden: ['CLOSED', 'CANCELLED'],
  }),
);
