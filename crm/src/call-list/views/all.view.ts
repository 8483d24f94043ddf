import { defineView } from 'twenty-sdk/define';

import { indexView } from '../../kit/views.ts';

export default defineView(
  indexView({
    object: 'callList',
    name: 'All call lists',
    columns: [
      ['name', 260],
      'purpose',
      'status',
      'callScript',
      'owner',
      'startsAt',
      'endsAt',
      'targetCount',
      'doneCount',
    ],
  }),
);
