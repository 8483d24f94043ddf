import { defineView } from 'twenty-sdk/define';

import { fieldsView } from '../../kit/views.ts';

export default defineView(
  fieldsView(
    'callTarget',
    'Call target',
    {
      General: ['name', 'callList', 'status', 'outcome', 'assignee'],
      Who: ['person', 'company', 'phoneNumber'],
      Attempts: ['attempts', 'lastAttemptAt', 'callbackAt', 'skipReason'],
      Why: ['score', 'scoreParts', 'compliance', 'complianceReason', 'answers'],
      System: ['externalKey'],
    },
    { Why: 'Reasons' },
  ),
);
