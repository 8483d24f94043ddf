import { defineView } from 'twenty-sdk/define';

import { indexView } from '../../kit/views.ts';

export default defineView(
  indexView({
    object: 'callTarget',
    name: 'All call targets',
    columns: [
      ['name', 260],
      'callList',
      'status',
      'outcome',
      'person',
      'company',
      'assignee',
      'attempts',
      'callbackAt',
    ],
  }),
);
