import { defineView } from 'twenty-sdk/define';

import { fieldsView } from '../../kit/views.ts';

export default defineView(
  fieldsView(
    'contract',
    'Contract',
    {
      General: ['name', 'number', 'company', 'status', 'startsOn', 'endsOn'],
      Promise: ['serviceLevel', 'responseMinutes', 'resolveMinutes', 'supportHours', 'supportSchedule'],
      Related: ['serviceCases'],
      System: ['externalId'],
    },
    { Promise: 'Service level' },
  ),
);
