import { defineView } from 'twenty-sdk/define';

import { filteredView } from '../../kit/views.ts';

export default defineView(
  filteredView({
    object: 'contract',
    key: 'active',
    name: 'Active contracts',
    icon: 'IconFileCertificate',
    position: 1,
    columns: [
      ['name', 220],
      'number',
      'company',
      'serviceLevel',
      'supportHours',
      'responseMinutes',
      'resolveMinutes',
      'endsOn',
    ],
    only: ['status', ['ACTIVE']],
  }),
);
