import { defineView } from 'twenty-sdk/define';

import { fieldsView } from '../../kit/views.ts';

export default defineView(
  fieldsView(
    'serviceCase',
    'Case',
    {
      General: [
        'number',
        'subject',
        'status',
        'priority',
        'kind',
        'channel',
        'assignee',
        'nextStep',
        'nextStepAt',
        'tags',
      ],
      Customer: ['company', 'person', 'location', 'asset', 'contract', 'customerReference'],
      Promise: ['serviceLevel', 'serviceState', 'responseDueAt', 'firstResponseAt', 'resolveDueAt'],
      Related: ['malfunction', 'protocol', 'protocolVersion', 'mergedInto', 'mergedCases', 'splitFrom', 'splitCases'],
      History: ['openedAt', 'lastActivityAt', 'resolvedAt', 'closedAt', 'closeReason', 'reopenCount'],
      System: ['externalId'],
    },
    { Promise: 'Deadlines' },
  ),
);
