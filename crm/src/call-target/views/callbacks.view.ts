import { defineView } from 'twenty-sdk/define';

import { filteredView } from '../../kit/views.ts';

export default defineView(
  filteredView({
    object: 'callTarget',
    key: 'callbacks',
    name: 'Callbacks',
    icon: 'IconPhoneCalling',
    position: 1,
    columns: [['name', 260], 'callbackAt', 'callList', 'person', 'company', 'assignee', 'attempts'],
    only: ['status', ['CALLBACK']],
    newestBy: 'callbackAt',
  }),
);
