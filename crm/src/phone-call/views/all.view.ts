import { defineView } from 'twenty-sdk/define';

import { indexView } from '../../kit/views.ts';

export default defineView(
  indexView({
    object: 'phoneCall',
    name: 'All calls',
    columns: [
      ['name', 240],
      'startedAt',
      'outcome',
      'person',
      'company',
      'location',
      'agent',
      'duration',
      'serviceCase',
      'matchState',
    ],
    newestBy: 'startedAt',
  }),
);
