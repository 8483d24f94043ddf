import { defineView } from 'twenty-sdk/define';

import { indexView } from '../../kit/views.ts';

export default defineView(
  indexView({
    object: 'malfunction',
    name: 'All malfunctions',
    columns: [
      ['name', 300],
      'status',
      'severity',
      'location',
      'company',
      'kind',
      'assetKind',
      'isMajor',
      'caseCount',
      'callCount',
      'openedAt',
    ],
    newestBy: 'openedAt',
  }),
);
