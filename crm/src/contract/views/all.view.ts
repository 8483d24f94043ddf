import { defineView } from 'twenty-sdk/define';

import { indexView } from '../../kit/views.ts';

export default defineView(
  indexView({
    object: 'contract',
    name: 'All contracts',
    columns: [
      ['name', 220],
      'number',
      'company',
      'status',
      'serviceLevel',
      'startsOn',
      'endsOn',
      'responseMinutes',
      'resolveMinutes',
    ],
  }),
);
