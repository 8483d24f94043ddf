import { defineView } from 'twenty-sdk/define';

import { indexView } from '../../kit/views.ts';

export default defineView(
  indexView({
    object: 'caseEntry',
    name: 'All journal entries',
    columns: [['name', 320], 'occurredAt', 'kind', 'serviceCase', 'malfunction', 'actorName', 'source'],
    newestBy: 'occurredAt',
  }),
);
