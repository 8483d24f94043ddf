import { defineView } from 'twenty-sdk/define';

import { indexView } from '../../kit/views.ts';

export default defineView(
  indexView({
    object: 'location',
    name: 'All locations',
    columns: [['name', 220], ['siteAddress', 260], 'company', 'kind', 'status', 'phones', 'primaryContact'],
  }),
);
