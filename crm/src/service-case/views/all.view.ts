import { defineView } from 'twenty-sdk/define';

import { indexView } from '../../kit/views.ts';

export default defineView(
  indexView({
    object: 'serviceCase',
    name: 'All cases',
    columns: [
      ['name', 300],
      'status',
      'priority',
      'company',
      'location',
      'person',
      'assignee',
      'serviceState',
      'resolveDueAt',
      'openedAt',
    ],
    newestBy: 'openedAt',
  }),
);
