import { defineView } from 'twenty-sdk/define';

import { fieldsView } from '../../kit/views.ts';

export default defineView(
  fieldsView('protocol', 'Protocol', {
    General: ['name', 'purpose', 'status', 'appliesTo', 'language'],
    Version: ['version', 'publishedAt', 'publishedBy'],
    Related: ['serviceCases'],
    System: ['definition', 'externalId'],
  }),
);
