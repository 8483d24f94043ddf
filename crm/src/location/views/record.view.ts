import { defineView } from 'twenty-sdk/define';

import { fieldsView } from '../../kit/views.ts';

export default defineView(
  fieldsView('location', 'Location', {
    General: ['name', 'kind', 'status', 'company', 'partOf', 'primaryContact'],
    Where: ['siteAddress', 'accessNotes', 'timeZone'],
    Contact: ['phones', 'emails'],
    Related: ['assets', 'parts'],
    System: ['externalId'],
  }),
);
