import { defineView } from 'twenty-sdk/define';

import { filteredView } from '../../kit/views.ts';

export default defineView(
  filteredView({
    object: 'malfunction',
    key: 'open',
    name: 'Open malfunctions',
    icon: 'IconAlertTriangle',
    position: 1,
    columns: [
      ['name', 300],
      'status',
      'severity',
      'location',
      'company',
      'isMajor',
      'caseCount',
      'callCount',
      'expectedResolutionAt',
      'openedAt',
    ],
    except: ['status', ['RESOLVED', 'CLOSED']],
    newestBy: 'openedAt',
  }),
);
