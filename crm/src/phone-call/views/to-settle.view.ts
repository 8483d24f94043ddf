import { defineView } from 'twenty-sdk/define';

import { filteredView } from '../../kit/views.ts';

export default defineView(
  filteredView({
    object: 'phoneCall',
    key: 'toSettle',
    name: 'Calls to settle',
    icon: 'IconUserQuestion',
    position: 1,
    columns: [
      ['name', 240],
      'startedAt',
      'direction',
      'outcome',
      'phone',
      ['candidateNames', 260],
      'person',
      'company',
      'location',
      'agent',
      'matchState',
    ],
    only: ['matchState', ['AMBIGUOUS']],
    newestBy: 'startedAt',
  }),
);
