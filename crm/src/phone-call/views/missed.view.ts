import { defineView } from 'twenty-sdk/define';

import { filteredView } from '../../kit/views.ts';

export default defineView(
  filteredView({
    object: 'phoneCall',
    key: 'missed',
    name: 'Missed calls',
    icon: 'IconPhoneX',
    position: 2,
    columns: [['name', 240], 'startedAt', 'phone', 'person', 'company', 'location', 'queue', 'serviceCase'],
    only: ['outcome', ['MISSED']],
    without: 'followedUpAt',
    newestBy: 'startedAt',
  }),
);
