import { defineView } from 'twenty-sdk/define';

import { fieldsView } from '../../kit/views.ts';

export default defineView(
  fieldsView('callScript', 'Call script', {
    General: ['name', 'purpose', 'status', 'language'],
    Version: ['version', 'publishedAt', 'publishedBy'],
    Related: ['callLists'],
    System: ['definition', 'externalId'],
  }),
);
