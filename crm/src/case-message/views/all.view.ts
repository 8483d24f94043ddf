import { defineView } from 'twenty-sdk/define';

import { indexView } from '../../kit/views.ts';

export default defineView(
  indexView({
    object: 'caseMessage',
    name: 'All messages',
    columns: [['name', 320], 'occurredAt', 'direction', 'channel', 'status', 'serviceCase', 'person', 'fromAddress'],
    newestBy: 'occurredAt',
  }),
);
