import { defineView } from 'twenty-sdk/define';

import { boardView } from '../../kit/views.ts';
import { MALFUNCTION_STATES } from '../malfunction.choices.ts';

export default defineView(
  boardView({
    object: 'malfunction',
    key: 'board',
    name: 'By status',
    position: 3,
    columns: ['name', 'title', 'severity', 'location', 'isMajor', 'caseCount', 'callCount'],
    groupBy: 'status',
    choices: MALFUNCTION_STATES,
    hidden: ['CLOSED'],
  }),
);
