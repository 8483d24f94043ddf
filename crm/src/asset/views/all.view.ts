import { defineView } from 'twenty-sdk/define';

import { indexView } from '../../kit/views.ts';

export default defineView(
  indexView({
    object: 'asset',
    name: 'All assets',
    columns: [['name', 220], 'kind', 'status', 'location', 'company', 'contract', 'serialNumber', 'installedOn'],
  }),
);
