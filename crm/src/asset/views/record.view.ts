import { defineView } from 'twenty-sdk/define';

import { fieldsView } from '../../kit/views.ts';

export default defineView(
  fieldsView('asset', 'Asset', {
    General: ['name', 'kind', 'status', 'company', 'location', 'placement', 'contract'],
    Technical: ['manufacturer', 'model', 'serialNumber', 'installedOn', 'warrantyUntil'],
    System: ['externalId'],
  }),
);
