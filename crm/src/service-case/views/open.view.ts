import { defineView } from 'twenty-sdk/define';

import { filteredView } from '../../kit/views.ts';

export default defineView(
  filteredView({
    object: 'serviceCase',
    key: 'open',
    name: 'Open cases',
    icon: 'IconTicket',
    position: 1,
    columns: [
      ['name', 300],
      'status',
      'priority',
      'company',
      'location',
      'assignee',
      'serviceState',
      'resolveDueAt',
      'nextStep',
    ],
    except: ['status', ['RESOLVED', 'CLOSED', 'CANCELLED']],
    newestBy: 'openedAt',
  }),
);
